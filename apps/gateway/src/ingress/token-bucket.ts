/** Allows so many things at once, and so many a second in the long run. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  #left: number;
  #atMs: number;

  constructor(options: { burst: number; perSecond: number; now?: () => number }) {
    this.#burst = options.burst;
    this.#perSecond = options.perSecond;
    this.#now = options.now ?? monotonicMs;
    this.#left = options.burst;
    this.#atMs = this.#now();
  }

  /** Whether one more is allowed now; it counts. */
  take(): boolean {
    const nowMs = this.#now();
    const earned = ((nowMs - this.#atMs) / 1_000) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + earned);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}

/** One function for all buckets. */
function monotonicMs(): number {
  return performance.now();
}
