import type { Lifetime } from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";

/** What a stream needs to know of its events. */
interface PlacedEvent {
  readonly type: string;
  readonly cursor?: unknown;
}

/** Where the events of a stream come from; read from when somebody wants one. */
export interface EventSource<Event> {
  readonly batches: AsyncGenerator<readonly Event[], void, undefined>;
  readonly lifetime: Lifetime;
  /** The cursor of the last event that was fetched; empty before the first. */
  readonly cursor: () => string;
}

/**
 * Events as they happen, to be iterated over once.
 *
 * Nothing is sent before the first one is asked for, and nothing is fetched that is not read.
 * Leaving the loop closes the connection.
 */
export class EventStream<Event extends PlacedEvent>
  implements AsyncIterable<Event>, AsyncDisposable
{
  readonly #source: EventSource<Event>;
  /** Batches that were fetched and not iterated over yet: one, unless somebody peeks. */
  readonly #unread: (readonly Event[])[] = [];
  #fetching: Promise<boolean> | undefined;
  #isIterated = false;
  /** Whether its iterator was left, for which a pending `next` is no error. */
  #isLeft = false;
  /** Where the iterator is, which may be behind what was fetched. */
  #cursor: string;
  /** What it ended with, other than its end. */
  #failure: unknown;
  #drain: Promise<void> | undefined;
  readonly #settled = Promise.withResolvers<void>();

  constructor(source: EventSource<Event>) {
    this.#source = source;
    this.#cursor = source.cursor();
    // Whoever waits for the end hears of an error; it is no unhandled one where nobody does.
    this.#settled.promise.catch(() => {});
  }

  /**
   * The place of the last event that was read, as `epoch.seq`: what to go on after. Undefined before
   * the first.
   */
  get cursor(): string | undefined {
    return (this.#isIterated ? this.#cursor : this.#source.cursor()) || undefined;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    if (this.#isIterated || this.#drain !== undefined) {
      throw new TypeError("A stream is read once, and this one is being read or was.");
    }
    this.#isIterated = true;
    const events = this.#iterate();
    const end = events.return.bind(events);
    // A generator's own waits until the `next` before it is answered, which may never be.
    events.return = async (value) => {
      this.#isLeft = true;
      await this[Symbol.asyncDispose]();
      return end(value);
    };
    return events;
  }

  /** Closes the connection; a task goes on unless its `onDisconnect` says otherwise. */
  async [Symbol.asyncDispose](): Promise<void> {
    const message = "The stream was left before its end.";
    const left = new SmartcallError({ reason: "CANCELED", message });
    this.#failure ??= left;
    this.#settled.reject(left);
    this.#source.lifetime.end(left);
    await this.#source.batches.return();
  }

  /** Hears that the first event is asked for. */
  protected begin(): void {}

  /** Hears of every event before the iterator does. */
  protected take(_event: Event): void {}

  /** Resolves when the stream has ended, having read it if nobody else does. */
  protected async whenEnded(): Promise<void> {
    // A loop that begins in the same turn is the one that reads.
    await null;
    if (!this.#isIterated) {
      this.#drain ??= this.#readAll();
      await this.#drain;
    }
    return this.#settled.promise;
  }

  /**
   * Waits for the next batch, whoever asked for it, and keeps it for the iterator.
   *
   * @throws what the stream ended with, other than its end.
   */
  protected async peek(): Promise<void> {
    await this.#fetch();
  }

  async *#iterate(): AsyncGenerator<Event, void, undefined> {
    try {
      while (true) {
        const batch = this.#unread.shift();
        if (batch === undefined) {
          if (!(await this.#fetch()) && this.#unread.length === 0) return;
        } else {
          for (const event of batch) {
            // A gap is at the place of the snapshot after it.
            if (event.type !== "gap" && typeof event.cursor === "string") {
              this.#cursor = event.cursor;
            }
            yield event;
          }
        }
      }
    } catch (error) {
      if (!this.#isLeft) throw error;
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  async #readAll(): Promise<void> {
    try {
      do this.#unread.length = 0;
      while (await this.#fetch());
    } catch {
      // Told by the promise of the end.
    }
  }

  /** Fetches one batch, once for all who ask meanwhile; false at the end. */
  #fetch(): Promise<boolean> {
    this.#fetching ??= this.#next().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #next(): Promise<boolean> {
    const { batches, lifetime } = this.#source;
    this.begin();
    try {
      const { done, value } = await batches.next();
      if (!done) {
        for (const event of value) this.take(event);
        this.#unread.push(value);
        return true;
      }
      if (this.#failure !== undefined) throw this.#failure;
      this.#settled.resolve();
      lifetime.end();
      return false;
    } catch (error) {
      this.#failure ??= error;
      this.#settled.reject(error);
      lifetime.end();
      throw error;
    }
  }
}
