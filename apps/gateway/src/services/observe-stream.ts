import type { Message } from "@bufbuild/protobuf";
import type { MessageStream } from "./gateway-call.js";

/** Who hears how a stream ends; one of the three is called, once. */
export interface StreamObserver {
  /** It has given everything. */
  onEnd?: () => void;
  /** It has failed; answers the error that its reader gets. */
  onError?: (thrown: unknown) => unknown;
  /** Its reader has left before its end. */
  onLeave?: () => void;
}

/**
 * Passes a stream on as it is, and tells an observer how it ends.
 *
 * No generator: each of those costs a reader more than a kilobyte as long as it waits, and several
 * turns of the queue of promises for every batch.
 */
export function observeStream(stream: MessageStream, observer: StreamObserver): MessageStream {
  return { [Symbol.asyncIterator]: () => new ObservedIterator(stream, observer) };
}

class ObservedIterator implements AsyncIterator<readonly Message[]> {
  readonly #iterator: AsyncIterator<readonly Message[]>;
  readonly #observer: StreamObserver;
  #hasEnded = false;

  readonly #pass = (result: IteratorResult<readonly Message[]>) => {
    if (result.done) this.#end(this.#observer.onEnd);
    return result;
  };
  readonly #fail = (thrown: unknown): never => {
    if (this.#hasEnded) throw thrown;
    this.#hasEnded = true;
    throw this.#observer.onError?.(thrown) ?? thrown;
  };

  constructor(stream: MessageStream, observer: StreamObserver) {
    this.#iterator = stream[Symbol.asyncIterator]();
    this.#observer = observer;
  }

  next(): Promise<IteratorResult<readonly Message[]>> {
    return this.#iterator.next().then(this.#pass, this.#fail);
  }

  async return(): Promise<IteratorResult<readonly Message[]>> {
    this.#end(this.#observer.onLeave);
    await this.#iterator.return?.();
    return { done: true, value: undefined };
  }

  #end(tell: (() => void) | undefined): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    tell?.();
  }
}
