/** The promise, or the signal's reason as soon as it aborts. */
export async function orAbort<Result>(
  promise: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  if (signal.aborted) {
    // Whatever becomes of it now, nobody waits for it.
    promise.catch(() => {});
    throw signal.reason;
  }
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
