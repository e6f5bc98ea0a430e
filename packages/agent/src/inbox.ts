import { SmartcallError } from "@smartcall/protocol";
import type { Message } from "@smartcall/protocol/proto";

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

const maxUnread = 16;

/**
 * The messages that a caller sends to a running call.
 *
 * A question takes the first message that arrives after it; a reader takes every other one. The
 * sixteenth unread message holds the sender back until one is read.
 */
export class Inbox implements AsyncIterable<Message> {
  readonly #unread: Message[] = [];
  readonly #questions: Waiting<Message>[] = [];
  readonly #readers: Waiting<IteratorResult<Message, undefined>>[] = [];
  #end: { error?: SmartcallError } | undefined;
  #letGo: (() => void) | undefined;

  /** A message has arrived; a promise holds the next one back until it resolves. */
  push(message: Message): void | Promise<void> {
    if (this.#end) return;
    const question = this.#questions.shift();
    if (question) return question.resolve(message);
    const reader = this.#readers.shift();
    if (reader) return reader.resolve({ done: false, value: message });
    this.#unread.push(message);
    if (this.#unread.length < maxUnread) return;
    return new Promise((resolve) => {
      this.#letGo = resolve;
    });
  }

  /** The next message that arrives from now on. */
  ask(): Promise<Message> {
    if (this.#end) return Promise.reject(this.#end.error ?? noAnswer());
    this.#release();
    return new Promise((resolve, reject) => {
      this.#questions.push({ resolve, reject });
    });
  }

  /** No message follows, because of an error or because the caller says so. */
  end(error?: SmartcallError): void {
    if (this.#end) return;
    this.#end = error ? { error } : {};
    this.#release();
    for (const question of this.#questions.splice(0)) question.reject(error ?? noAnswer());
    for (const reader of this.#readers.splice(0)) {
      if (error) reader.reject(error);
      else reader.resolve({ done: true, value: undefined });
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<Message, undefined> {
    return { next: () => this.#read() };
  }

  #read(): Promise<IteratorResult<Message, undefined>> {
    if (this.#end?.error) return Promise.reject(this.#end.error);
    const message = this.#unread.shift();
    if (message) {
      this.#release();
      return Promise.resolve({ done: false, value: message });
    }
    if (this.#end) return Promise.resolve({ done: true, value: undefined });
    const read = new Promise<IteratorResult<Message, undefined>>((resolve, reject) => {
      this.#readers.push({ resolve, reject });
    });
    // A run may leave it alone; a cancel must not end the process.
    read.catch(() => {});
    return read;
  }

  #release(): void {
    this.#letGo?.();
    this.#letGo = undefined;
  }
}

function noAnswer(): SmartcallError {
  return new SmartcallError({
    reason: "NOT_IMPLEMENTED",
    message: "The caller has said that it sends no further message, so it cannot answer.",
  });
}
