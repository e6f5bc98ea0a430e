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
  const { items, context } = init;
  let { first } = init;
  let ended = false;
  let rejectWaiting: ((error: unknown) => void) | undefined;
  let timeout: TranscodeError | undefined;
  context.startDeadline((error) => {
    timeout = error;
    rejectWaiting?.(error);
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (ended) {
        return { done: true, value: undefined };
      }
      try {
        const item = await nextItem();
        if (!item.done) {
          return { done: false, value: init.encode(item.value) };
        }
        end();
        return { done: true, value: undefined };
      } catch (error) {
        end();
        context.cancel(new TranscodeError({ kind: "canceled", detail: "The stream has failed." }));
        leave();
        return { done: false, value: init.encodeError(error) };
      }
    },
    async return() {
      if (!ended) {
        end();
        context.cancel(new TranscodeError({ kind: "canceled", detail: "The client went away." }));
        leave();
      }
      return { done: true, value: undefined };
    },
  };

  function nextItem(): Promise<IteratorResult<Item>> | IteratorResult<Item> {
    if (timeout !== undefined) {
      throw timeout;
    }
    if (first !== undefined) {
      const item = first;
      first = undefined;
      return item;
    }
    return new Promise((resolve, reject) => {
      rejectWaiting = reject;
      items.next().then(resolve, reject);
    });
  }

  function end(): void {
    ended = true;
    context.stop();
  }

  /** Not awaited: a generator that is blocked returns when its signal has woken it. */
  function leave(): void {
    items.return?.().catch(() => {});
  }
}
