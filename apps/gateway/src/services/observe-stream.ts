import type { Message } from "@bufbuild/protobuf";
import type { MessageStream } from "./gateway-call.js";

/** Who hears how a stream ends; one of the three is called, once. */
export interface StreamObserver {
  /** It has given everything. */
  onEnd?(): void;
  /** It has failed; answers the error that its reader gets. */
  onError?(thrown: unknown): unknown;
  /** Its reader has left before its end. */
  onLeave?(): void;
}

/**
 * Passes a stream on as it is, and tells an observer how it ends.
 *
 * No generator: each of those costs a reader more than a kilobyte as long as it waits, and several
 * turns of the queue of promises for every batch.
 */
export function observeStream(stream: MessageStream, observer: StreamObserver): MessageStream {
  return new ObservedStream(stream, observer);
}

class ObservedStream implements AsyncIterableIterator<readonly Message[]> {
  readonly #iterator: AsyncIterator<readonly Message[]>;
  readonly #observer: StreamObserver;
  #hasEnded = false;

  readonly #pass = (result: IteratorResult<readonly Message[]>) => {
    if (result.done && this.#isEnd()) this.#observer.onEnd?.();
    return result;
  };
  readonly #fail = (thrown: unknown): never => {
    if (!this.#isEnd()) throw thrown;
    throw this.#observer.onError?.(thrown) ?? thrown;
  };

  constructor(stream: MessageStream, observer: StreamObserver) {
    this.#iterator = stream[Symbol.asyncIterator]();
    this.#observer = observer;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<readonly Message[]>> {
    return this.#iterator.next().then(this.#pass, this.#fail);
  }

  async return(): Promise<IteratorResult<readonly Message[]>> {
    if (this.#isEnd()) this.#observer.onLeave?.();
    await this.#iterator.return?.();
    return { done: true, value: undefined };
  }

  /** Whether this is its end; it has but one. */
  #isEnd(): boolean {
    const isFirst = !this.#hasEnded;
    this.#hasEnded = true;
    return isFirst;
  }
}
