import type { Message } from "@bufbuild/protobuf";
import { type Pullable, pull, type Taker, tell } from "@smartcall/transcode";

/**
 * A stream that begins when it is first asked for something.
 *
 * @param open begins it; what it throws is what the first `next` rejects with.
 */
export function lazyStream<M extends Message>(
  open: () => Promise<AsyncIterator<readonly M[]>>,
): AsyncIterableIterator<readonly M[]> {
  return new LazyStream(open);
}

/** A class, since thousands of readers have one each for as long as they read. */
class LazyStream<M extends Message>
  implements Pullable<readonly M[]>, AsyncIterableIterator<readonly M[]>
{
  /** Let go of once it has begun. */
  #open: (() => Promise<AsyncIterator<readonly M[]>>) | undefined;
  #opening: Promise<AsyncIterator<readonly M[]>> | undefined;
  #items: AsyncIterator<readonly M[]> | undefined;
  #isOver = false;

  constructor(open: () => Promise<AsyncIterator<readonly M[]>>) {
    this.#open = open;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<readonly M[]>> {
    if (this.#items) return this.#items.next();
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    this.#opening ??= this.#open?.();
    this.#open = undefined;
    return this.#begin();
  }

  pull(taker: Taker<readonly M[]>): void {
    if (this.#items) pull(this.#items, taker);
    else tell(this.next(), taker);
  }

  async return(): Promise<IteratorResult<readonly M[]>> {
    this.#isOver = true;
    const opened = this.#items ?? (await this.#opening?.catch(() => undefined));
    await opened?.return?.();
    return { done: true, value: undefined };
  }

  async #begin(): Promise<IteratorResult<readonly M[]>> {
    const items = await this.#opening;
    this.#items = items;
    this.#opening = undefined;
    return items ? await items.next() : { done: true, value: undefined };
  }
}
