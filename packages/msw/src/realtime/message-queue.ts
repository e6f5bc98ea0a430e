/** Messages from one side that another reads, each held until it is read. */
export interface MessageQueue<Message> extends AsyncIterable<Message> {
  /** Resolves when the message was read, or never will be. */
  push(message: Message): Promise<void>;
  /** No message follows. */
  end(): void;
}

/** Makes an empty queue. */
export function createMessageQueue<Message>(): MessageQueue<Message> {
  const waiting: { message: Message; read: () => void }[] = [];
  let ended = false;
  let wake = () => {};
  return {
    push(message) {
      if (ended) return Promise.resolve();
      return new Promise((read) => {
        waiting.push({ message, read });
        wake();
      });
    },
    end() {
      ended = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) {
          next.read();
          yield next.message;
        } else if (ended) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
