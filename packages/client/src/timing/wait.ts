/** The longest that a timer waits; a longer one fires at once. */
const maxTimerMs = 2 ** 31 - 1;

/** Waits so many milliseconds, and rejects with the signal's reason as soon as it aborts. */
export function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", abort);
        resolve();
      },
      Math.min(delayMs, maxTimerMs),
    );
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
