/** Calls a listener once when a signal is aborted, at once if it is. */
export function onAbort(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener("abort", () => listener(), { once: true });
}
