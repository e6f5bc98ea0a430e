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
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and at least what the
 * gateway asked for.
 */
export function backoffDelayMs(
  { baseDelayMs, maxDelayMs, random }: Backoff,
  retry: number,
  retryAfterMs = 0,
): number {
  const limit = Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(retry - 1, 30));
  return Math.round(Math.max(random() * limit, retryAfterMs));
}
