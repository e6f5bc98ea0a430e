import { SmartcallError } from "@smartcall/protocol";

/** The longest that a timer waits; a longer one fires at once. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Runs something under a signal and a time limit, and leaves neither timer nor listener behind.
 *
 * @throws {SmartcallError} `CANCELED` when `signal` aborts, `DEADLINE_EXCEEDED` when `timeoutMs`
 * are over, whatever `run` does then.
 */
export async function withDeadline<Result>(
  limits: { signal?: AbortSignal | undefined; timeoutMs?: number | undefined },
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { signal, timeoutMs } = limits;
  const controller = new AbortController();
  let end = (_error: SmartcallError) => {};
  const ended = new Promise<never>((_, reject) => {
    end = (error) => {
      reject(error);
      controller.abort(error);
    };
  });
  const cancel = () => end(new SmartcallError({ reason: "CANCELED", cause: signal?.reason }));
  if (signal?.aborted) {
    throw new SmartcallError({ reason: "CANCELED", cause: signal.reason });
  }
  signal?.addEventListener("abort", cancel, { once: true });
  const timer =
    timeoutMs === undefined || timeoutMs > maxTimerMs
      ? undefined
      : setTimeout(() => end(new SmartcallError({ reason: "DEADLINE_EXCEEDED" })), timeoutMs);
  try {
    return await Promise.race([run(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}
