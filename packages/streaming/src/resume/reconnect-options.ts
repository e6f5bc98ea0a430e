import { backoffDelayMs } from "@smartcall/client/core";

/** How a stream comes back. */
export interface ReconnectOptions {
  /**
   * Tries in a row without a new event before the stream gives up with `STREAM_TRUNCATED`; 10 by
   * default, 0 for none.
   */
  maxAttempts?: number;
  /**
   * Tries to reach a gateway that nothing was heard of yet before `GATEWAY_UNREACHABLE` is thrown;
   * the client's `maxRetries` by default, which are 2.
   */
  maxFirstAttempts?: number;
  /**
   * The first try waits for a random time below this, each further one below twice as much; 250 ms
   * by default. What the gateway asks for (`Retry-After`, `retry`, `retryAfterMs`) is waited at
   * least, and up to a quarter more, at most 5 s.
   */
  baseDelayMs?: number;
  /** The longest that is waited for a try, unless the gateway asks for more; 10 s by default. */
  maxDelayMs?: number;
  /** A number from 0 to 1 that spreads the tries; `Math.random` by default. */
  random?: () => number;
}

/** {@link ReconnectOptions} with every default filled in. */
export type ResolvedReconnectOptions = Required<ReconnectOptions>;

/** Fills in the defaults. */
export function resolveReconnectOptions(
  options: ReconnectOptions = {},
  maxRetries = 2,
): ResolvedReconnectOptions {
  return {
    maxAttempts: options.maxAttempts ?? 10,
    maxFirstAttempts: Math.min(options.maxFirstAttempts ?? maxRetries, options.maxAttempts ?? 10),
    baseDelayMs: options.baseDelayMs ?? 250,
    maxDelayMs: options.maxDelayMs ?? 10_000,
    random: options.random ?? Math.random,
  };
}

/**
 * Milliseconds to wait before the try with this number, from 1: full jitter, and at least what the
 * gateway asked for; the first one waits for nothing else where it is to be at once.
 */
export function reconnectDelayMs(
  options: ResolvedReconnectOptions,
  attempt: number,
  failure: { atOnce: boolean; retryAfterMs: number | undefined },
): number {
  const { atOnce, retryAfterMs } = failure;
  const isNow = atOnce && attempt === 1;
  return backoffDelayMs(isNow ? { ...options, maxDelayMs: 0 } : options, attempt, retryAfterMs);
}
