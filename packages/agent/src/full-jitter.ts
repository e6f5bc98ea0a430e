/** How long to wait between tries. */
export interface FullJitter {
  /** The most to wait before the first repeat. Default: 100. */
  baseMs?: number;
  /** The most ever to wait. Default: 5,000. */
  maxMs?: number;
  /** From 0 to 1. Default: `Math.random`. */
  random?: () => number;
}

/** The longest that a gateway is heeded, in milliseconds. */
const maxRetryAfterMs = 300_000;

/**
 * Milliseconds to wait after so many failures in a row: anything up to the base doubled each time.
 * What the gateway asked for is waited at least (but five minutes at most), and up to a quarter more,
 * at most 5 s, so that not all whom it sent away come back at the same instant.
 *
 * Full jitter spreads many clients best:
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitterMs(
  failures: number,
  { baseMs = 100, maxMs = 5_000, random = Math.random }: FullJitter = {},
  retryAfterMs = 0,
): number {
  const spread = random();
  const askedMs = Math.min(retryAfterMs, maxRetryAfterMs);
  return Math.max(
    spread * Math.min(maxMs, baseMs * 2 ** Math.min(failures, 30)),
    askedMs + spread * Math.min(askedMs / 4, 5_000),
  );
}
