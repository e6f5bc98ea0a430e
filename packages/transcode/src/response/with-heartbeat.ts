import type { StreamBody } from "./create-stream-body.js";
import { nextOf, type Taker } from "./pull.js";

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
  chunks: StreamBody<Chunk>,
  options: HeartbeatOptions<Chunk>,
): StreamBody<Chunk> {
  return new BeatingChunks(chunks, options);
}

/** Keeps what a wait needs in itself: a quiet stream is to be as small as can be. */
class BeatingChunks<Chunk> implements StreamBody<Chunk>, Taker<Chunk> {
  readonly #chunks: StreamBody<Chunk>;
  readonly #heartbeat: Chunk;
  readonly #intervalMs: number;
  #beatsNow: boolean;
  /** Whether a chunk was asked for and has not come. */
  #isAsked = false;
  /** Tells what came when the reader had got a heartbeat in its place. */
  #late: ((taker: Taker<Chunk>) => void) | undefined;
  /** Who waits for a chunk. */
  #taker: Taker<Chunk> | undefined;
  #waitsSinceMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    chunks: StreamBody<Chunk>,
    { heartbeat, intervalMs, beatsFirst }: HeartbeatOptions<Chunk>,
  ) {
    this.#chunks = chunks;
    this.#heartbeat = heartbeat;
    this.#intervalMs = intervalMs;
    this.#beatsNow = beatsFirst;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Chunk>> {
    return nextOf(this);
  }

  async return(): Promise<IteratorResult<Chunk>> {
    this.#stop();
    await this.#chunks.return?.();
    return { done: true, value: undefined };
  }

  pull(taker: Taker<Chunk>): void {
    if (this.#beatsNow) {
      this.#beatsNow = false;
      taker.take(this.#heartbeat);
      return;
    }
    const late = this.#late;
    if (late !== undefined) {
      this.#late = undefined;
      late(taker);
      return;
    }
    this.#taker = taker;
    this.#waitsSinceMs = performance.now();
    this.#timer ??= setTimeout(beat, this.#intervalMs, this);
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#chunks.pull(this);
  }

  take(chunk: Chunk): void {
    const taker = this.#answered();
    if (taker) taker.take(chunk);
    else this.#late = (later) => later.take(chunk);
  }

  ended(): void {
    this.#stop();
    const taker = this.#answered();
    if (taker) taker.ended();
    else this.#late = (later) => later.ended();
  }

  failed(error: unknown): void {
    this.#stop();
    const taker = this.#answered();
    if (taker) taker.failed(error);
    else this.#late = (later) => later.failed(error);
  }

  /** Gives the reader a heartbeat if it has waited for so long. */
  beat(): void {
    this.#timer = undefined;
    const taker = this.#taker;
    if (taker === undefined) return;
    const leftMs = this.#waitsSinceMs + this.#intervalMs - performance.now();
    // Timers may come a little early.
    if (leftMs > 1) {
      this.#timer = setTimeout(beat, leftMs, this);
      return;
    }
    this.#taker = undefined;
    taker.take(this.#heartbeat);
  }

  /** What was asked for has come; answers who still waits for it. */
  #answered(): Taker<Chunk> | undefined {
    const taker = this.#taker;
    this.#isAsked = false;
    this.#taker = undefined;
    return taker;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function beat(chunks: { beat(): void }): void {
  chunks.beat();
}
