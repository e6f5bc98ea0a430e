export interface HeartbeatOptions<Chunk> {
  readonly heartbeat: Chunk;
  readonly intervalMs: number;
  /** Whether the first chunk is a heartbeat. */
  readonly beatsFirst: boolean;
}

/**
 * Passes chunks on, and gives `heartbeat` out whenever the reader has waited for `intervalMs` without
 * one. One timer serves all the waits of a stream, and ends with it.
 */
export function withHeartbeat<Chunk>(
  chunks: AsyncIterator<Chunk>,
  options: HeartbeatOptions<Chunk>,
): AsyncIterableIterator<Chunk> {
  return new BeatingChunks(chunks, options);
}

/** Keeps what a wait needs in itself: a quiet stream is to be as small as can be. */
class BeatingChunks<Chunk> implements AsyncIterableIterator<Chunk> {
  readonly #chunks: AsyncIterator<Chunk>;
  readonly #options: HeartbeatOptions<Chunk>;
  #beatsNow: boolean;
  /** Whether a chunk was asked for and has not come. */
  #isAsked = false;
  /** Came when the reader had got a heartbeat in its place. */
  #late: Promise<IteratorResult<Chunk>> | undefined;
  #resolve: ((result: IteratorResult<Chunk>) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;
  #waitsSinceMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(chunks: AsyncIterator<Chunk>, options: HeartbeatOptions<Chunk>) {
    this.#chunks = chunks;
    this.#options = options;
    this.#beatsNow = options.beatsFirst;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Chunk>> {
    if (this.#beatsNow) {
      this.#beatsNow = false;
      return Promise.resolve({ done: false, value: this.#options.heartbeat });
    }
    if (this.#late !== undefined) {
      const late = this.#late;
      this.#late = undefined;
      return late;
    }
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#waitsSinceMs = performance.now();
      this.#timer ??= setTimeout(this.#tick, this.#options.intervalMs);
      if (this.#isAsked) return;
      this.#isAsked = true;
      this.#chunks.next().then(this.#take, this.#fail);
    });
  }

  async return(): Promise<IteratorResult<Chunk>> {
    this.#stop();
    await this.#chunks.return?.();
    return { done: true, value: undefined };
  }

  readonly #take = (result: IteratorResult<Chunk>): void => {
    this.#isAsked = false;
    if (result.done) this.#stop();
    if (this.#resolve === undefined) this.#late = Promise.resolve(result);
    else this.#resolve(result);
    this.#leave();
  };

  readonly #fail = (error: unknown): void => {
    this.#isAsked = false;
    this.#stop();
    if (this.#reject === undefined) {
      this.#late = Promise.reject(error);
      // Should nobody ask for it any more.
      this.#late.catch(() => {});
    } else {
      this.#reject(error);
    }
    this.#leave();
  };

  readonly #tick = (): void => {
    this.#timer = undefined;
    if (this.#resolve === undefined) return;
    const leftMs = this.#waitsSinceMs + this.#options.intervalMs - performance.now();
    // Timers may come a little early.
    if (leftMs > 1) {
      this.#timer = setTimeout(this.#tick, leftMs);
      return;
    }
    this.#resolve({ done: false, value: this.#options.heartbeat });
    this.#leave();
  };

  /** The reader has what it waited for. */
  #leave(): void {
    this.#resolve = undefined;
    this.#reject = undefined;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
