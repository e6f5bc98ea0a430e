/** What watches over a link's silence. */
export interface LivenessOptions {
  intervalMs: number;
  setTimer: (tick: () => void, intervalMs: number) => () => void;
  ping: (nonce: number) => void;
  lost: () => void;
}

/**
 * Pings a silent link, and holds it lost when it was silent for three whole intervals.
 *
 * Counts ticks rather than time, so that a machine that slept does not drop a link that lives.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #stop: () => void;
  #silentTicks = 0;
  #nonce = 0;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#stop =
      options.intervalMs > 0 ? options.setTimer(() => this.#tick(), options.intervalMs) : () => {};
  }

  /** Something was heard. */
  heard(): void {
    this.#silentTicks = 0;
  }

  /** Pings, and says with which nonce. */
  ping(): number {
    this.#nonce += 1;
    this.#options.ping(this.#nonce);
    return this.#nonce;
  }

  stop(): void {
    this.#stop();
  }

  #tick(): void {
    this.#silentTicks += 1;
    // The first tick may come right after a frame, so three whole intervals are over at the fourth.
    if (this.#silentTicks > 3) this.#options.lost();
    else this.ping();
  }
}
