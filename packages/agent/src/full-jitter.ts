/** How long to wait between tries. */
export interface FullJitter {
  /** The most to wait before the first repeat. Default: 100. */
  baseMs?: number;
  /** The most ever to wait. Default: 5,000. */
  maxMs?: number;
  /** From 0 to 1. Default: `Math.random`. */
  random?: () => number;
}

/**
 * Milliseconds to wait after so many failures in a row: anything up to the base doubled each time.
 *
 * Full jitter spreads many clients best:
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitterMs(
  failures: number,
  { baseMs = 100, maxMs = 5_000, random = Math.random }: FullJitter = {},
): number {
  return random() * Math.min(maxMs, baseMs * 2 ** Math.min(failures, 30));
}
