import type { LazyCallContext } from "../call-context.js";
import { TranscodeError } from "../errors/transcode-error.js";

export interface StreamBodyInit<Item, Chunk> {
  /** What `items` gave first; undefined when it was not waited for. */
  readonly first: IteratorResult<Item> | undefined;
  readonly items: AsyncIterator<Item>;
  readonly context: LazyCallContext;
  encode(item: Item): Chunk;
  /** Encodes the error that ends the stream, or throws to have the connection cut. */
  encodeError(error: unknown): Chunk;
}

/**
 * Turns the items of a call into the chunks of a body. A reader that returns early, and a deadline
 * that passes, abort the call.
 */
export function createStreamBody<Item, Chunk>(
  init: StreamBodyInit<Item, Chunk>,
): AsyncIterableIterator<Chunk> {
  return new StreamBody(init);
}

/** No generator and no async function: what waits for a quiet call is as small as can be. */
class StreamBody<Item, Chunk> implements AsyncIterableIterator<Chunk> {
  readonly #items: AsyncIterator<Item>;
  readonly #context: LazyCallContext;
  readonly #encode: (item: Item) => Chunk;
  readonly #encodeError: (error: unknown) => Chunk;
  #first: IteratorResult<Item> | undefined;
  #hasEnded = false;
  #rejectWaiting: ((error: unknown) => void) | undefined;
  #timeout: TranscodeError | undefined;

  constructor({ first, items, context, encode, encodeError }: StreamBodyInit<Item, Chunk>) {
    this.#first = first;
    this.#items = items;
    this.#context = context;
    this.#encode = encode;
    this.#encodeError = encodeError;
    context.startDeadline((error) => {
      this.#timeout = error;
      this.#rejectWaiting?.(error);
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Chunk>> {
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    return this.#nextItem().then(this.#give, this.#fail);
  }

  async return(): Promise<IteratorResult<Chunk>> {
    if (!this.#hasEnded) this.#giveUp("The client went away.");
    return { done: true, value: undefined };
  }

  #nextItem(): Promise<IteratorResult<Item>> {
    if (this.#timeout !== undefined) return Promise.reject(this.#timeout);
    const first = this.#first;
    if (first !== undefined) {
      this.#first = undefined;
      return Promise.resolve(first);
    }
    if (this.#context.timeoutMs === undefined) return this.#items.next();
    return new Promise((resolve, reject) => {
      this.#rejectWaiting = reject;
      this.#items.next().then(resolve, reject);
    });
  }

  readonly #give = (item: IteratorResult<Item>): IteratorResult<Chunk> => {
    try {
      if (!item.done) return { done: false, value: this.#encode(item.value) };
      this.#end();
      return { done: true, value: undefined };
    } catch (error) {
      return this.#fail(error);
    }
  };

  readonly #fail = (error: unknown): IteratorResult<Chunk> => {
    this.#giveUp("The stream has failed.");
    return { done: false, value: this.#encodeError(error) };
  };

  #end(): void {
    this.#hasEnded = true;
    this.#context.stop();
  }

  /** Not awaited: a generator that is blocked returns when its signal has woken it. */
  #giveUp(detail: string): void {
    this.#end();
    this.#context.cancel(new TranscodeError({ kind: "canceled", detail }));
    this.#items.return?.().catch(() => {});
  }
}
