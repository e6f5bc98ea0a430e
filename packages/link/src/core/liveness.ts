/** What of the options of a link says how silent it may be. */
export interface LivenessOptions {
  readonly pingIntervalMs: number;
  readonly setTimer: (tick: () => void, intervalMs: number) => () => void;
}

/** Whose silence it is. */
export interface LivenessOwner {
  sendPing(nonce: number): void;
  carrierLost(cause: unknown): void;
}

/**
 * Pings a silent link, and holds it lost when it was silent for three whole intervals.
 *
 * Counts ticks rather than time, so that a machine that slept does not drop a link that lives.
 */
export class Liveness {
  readonly #owner: LivenessOwner;
  readonly #stop: (() => void) | undefined;
  #silentTicks = 0;
  #nonce = 0;

  constructor({ pingIntervalMs, setTimer }: LivenessOptions, owner: LivenessOwner) {
    this.#owner = owner;
    this.#stop = pingIntervalMs > 0 ? setTimer(() => this.#tick(), pingIntervalMs) : undefined;
  }

  /** Something was heard. */
  heard(): void {
    this.#silentTicks = 0;
  }

  /** Pings, and says with which nonce. */
  ping(): number {
    this.#nonce += 1;
    this.#owner.sendPing(this.#nonce);
    return this.#nonce;
  }

  stop(): void {
    this.#stop?.();
  }

  #tick(): void {
    this.#silentTicks += 1;
    // The first tick may come right after a frame, so three whole intervals are over at the fourth.
    if (this.#silentTicks <= 3) this.ping();
    else this.#owner.carrierLost(new Error("The other side was silent for too long."));
  }
}
