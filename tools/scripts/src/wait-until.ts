import { setTimeout as delay } from "node:timers/promises";

/** How long to wait and when to give up. */
export interface WaitOptions {
  /** Gives up after this long; 120,000 when absent. */
  timeoutMs?: number;
  /** Between two tries; 100 when absent. */
  intervalMs?: number;
  /** Gives up at once. */
  signal?: AbortSignal;
}

/**
 * Tries `probe` until it answers true; an error counts as a no.
 *
 * @throws {Error} when the time is over, with what `probe` threw last as its cause.
 */
export async function waitUntil(
  what: string,
  probe: (signal: AbortSignal) => Promise<boolean>,
  options: WaitOptions = {},
): Promise<void> {
  const timeoutMs = options.timeoutMs ?? 120_000;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  let cause: unknown;
  while (!signal.aborted) {
    try {
      if (await probe(signal)) return;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(options.intervalMs ?? 100, undefined, { signal }).catch(() => {});
  }
  options.signal?.throwIfAborted();
  throw new Error(`${what} did not happen within ${timeoutMs / 1000} s`, { cause });
}
