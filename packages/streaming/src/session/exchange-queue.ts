/** Bytes of events that may wait for their reader before the other side is granted no more. */
const maxWaitingBytes = 64 * 1024;

/**
 * What has arrived on an exchange and was not read yet: handed over in batches, and held back at
 * the link when its reader is slow.
 */
export class ExchangeQueue<Item> {
  #items: Item[] = [];
  #bytes = 0;
  #isEnded = false;
  #error: unknown;
  #arrived = Promise.withResolvers<void>();
  #taken: PromiseWithResolvers<void> | undefined;

  /** Takes an item; the promise is pending while too much waits. */
  push(item: Item, bytes: number): void | Promise<void> {
    this.#items.push(item);
    this.#bytes += bytes;
    this.#arrived.resolve();
    if (this.#bytes < maxWaitingBytes) return;
    this.#taken ??= Promise.withResolvers();
    return this.#taken.promise;
  }

  /** Nothing more will come; after what is there the reader hears of the error, if there is one. */
  end(error?: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#error = error;
    this.#arrived.resolve();
  }

  /** All that is there, waiting for something; undefined after the end. */
  async take(): Promise<readonly Item[] | undefined> {
    await this.#arrived.promise;
    const items = this.#items;
    if (items.length === 0) {
      if (this.#error !== undefined) throw this.#error;
      return undefined;
    }
    this.#items = [];
    this.#bytes = 0;
    if (!this.#isEnded) this.#arrived = Promise.withResolvers();
    this.#taken?.resolve();
    this.#taken = undefined;
    return items;
  }
}
