import type { Message } from "@bufbuild/protobuf";
import { nextOf, type Pullable, pull, type Taker } from "@smartcall/transcode";
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

type Messages = readonly Message[];

class ObservedStream implements Pullable<Messages>, Taker<Messages> {
  readonly #iterator: AsyncIterator<Messages>;
  readonly #observer: StreamObserver;
  #taker: Taker<Messages> | undefined;
  #hasEnded = false;

  constructor(stream: MessageStream, observer: StreamObserver) {
    this.#iterator = stream[Symbol.asyncIterator]();
    this.#observer = observer;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Messages>> {
    return nextOf(this);
  }

  pull(taker: Taker<Messages>): void {
    this.#taker = taker;
    pull(this.#iterator, this);
  }

  take(messages: Messages): void {
    this.#taker?.take(messages);
  }

  ended(): void {
    if (this.#isEnd()) this.#observer.onEnd?.();
    this.#taker?.ended();
  }

  failed(thrown: unknown): void {
    const seen = this.#isEnd() ? this.#observer.onError?.(thrown) : undefined;
    this.#taker?.failed(seen ?? thrown);
  }

  async return(): Promise<IteratorResult<Messages>> {
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
