import type { LazyCallContext } from "../call-context.js";
import { TranscodeError } from "../errors/transcode-error.js";
import { nextOf, type Pullable, pull, type Taker } from "./pull.js";

export interface StreamBodyInit<Item, Chunk> {
  /** What `items` gave first; undefined when it was not waited for. */
  readonly first: IteratorResult<Item> | undefined;
  readonly items: AsyncIterator<Item>;
  readonly context: LazyCallContext;
  encode(item: Item): Chunk;
  /** Encodes the error that ends the stream, or throws to have the connection cut. */
  encodeError(error: unknown): Chunk;
}

/** The chunks of a body. */
export type StreamBody<Chunk> = Pullable<Chunk> & AsyncIterableIterator<Chunk>;

/**
 * Turns the items of a call into the chunks of a body. A reader that returns early, and a deadline
 * that passes, abort the call.
 */
export function createStreamBody<Item, Chunk>(
  init: StreamBodyInit<Item, Chunk>,
): StreamBody<Chunk> {
  return new EncodedItems(init);
}

/** What waits for a quiet call is as small as can be. */
class EncodedItems<Item, Chunk> implements StreamBody<Chunk>, Taker<Item> {
  readonly #init: StreamBodyInit<Item, Chunk>;
  #first: IteratorResult<Item> | undefined;
  /** Who waits for a chunk. */
  #taker: Taker<Chunk> | undefined;
  #hasEnded = false;
  #timeout: TranscodeError | undefined;

  constructor({ first, ...init }: StreamBodyInit<Item, Chunk>) {
    this.#init = init as StreamBodyInit<Item, Chunk>;
    this.#first = first;
    init.context.startDeadline((error) => {
      this.#timeout = error;
      this.failed(error);
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Chunk>> {
    return nextOf(this);
  }

  async return(): Promise<IteratorResult<Chunk>> {
    if (!this.#hasEnded) this.#giveUp("The client went away.");
    return { done: true, value: undefined };
  }

  pull(taker: Taker<Chunk>): void {
    if (this.#hasEnded) {
      taker.ended();
      return;
    }
    this.#taker = taker;
    const first = this.#first;
    this.#first = undefined;
    if (this.#timeout !== undefined) this.failed(this.#timeout);
    else if (first === undefined) pull(this.#init.items, this);
    else if (first.done) this.ended();
    else this.take(first.value);
  }

  take(item: Item): void {
    const taker = this.#taker;
    // The deadline was there before it.
    if (taker === undefined) return;
    let chunk: Chunk;
    try {
      chunk = this.#init.encode(item);
    } catch (error) {
      this.failed(error);
      return;
    }
    this.#taker = undefined;
    taker.take(chunk);
  }

  ended(): void {
    const taker = this.#taker;
    this.#taker = undefined;
    this.#end();
    taker?.ended();
  }

  failed(error: unknown): void {
    const taker = this.#taker;
    if (taker === undefined) return;
    this.#taker = undefined;
    this.#giveUp("The stream has failed.");
    let chunk: Chunk;
    try {
      chunk = this.#init.encodeError(error);
    } catch (thrown) {
      taker.failed(thrown);
      return;
    }
    taker.take(chunk);
  }

  #end(): void {
    this.#hasEnded = true;
    this.#init.context.stop();
  }

  /** Not awaited: a generator that is blocked returns when its signal has woken it. */
  #giveUp(detail: string): void {
    this.#end();
    this.#init.context.cancel(new TranscodeError({ kind: "canceled", detail }));
    this.#init.items.return?.().catch(() => {});
  }
}
