/** How long to wait before something is tried again. */
export interface Backoff {
  /** The first try waits for a random time below this, each further one below twice as much. */
  readonly baseDelayMs: number;
  /** The longest that is waited, unless the gateway asks for more. */
  readonly maxDelayMs: number;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/**
 * Milliseconds to wait before the retry with this number, from 1: full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). What the gateway asked
 * for is waited at least, and up to a quarter more, at most 5 s, so that not all who heard the same
 * come back at the same instant.
 */
export function backoffDelayMs(
  { baseDelayMs, maxDelayMs, random }: Backoff,
  retry: number,
  retryAfterMs = 0,
): number {
  const limit = Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(retry - 1, 30));
  const spread = random();
  const asked = retryAfterMs + spread * Math.min(retryAfterMs / 4, 5_000);
  return Math.round(Math.max(spread * limit, asked));
}
