import { Queue } from "./queue.js";

/** Who takes what an exchange receives. */
export interface Receiver<P> {
  /** Whether it takes further payloads, and the end, while a promise of `deliver` is pending. */
  readonly takesAhead?: boolean;
  /** The next payload; a pending promise holds the following one back. */
  deliver(payload: P, bytes: number): void | Promise<void>;
  /** Everything before the end has been taken. */
  delivered(): void;
  /** `deliver` threw or rejected; nothing is delivered any more. */
  failed(error: unknown): void;
  /** So many bytes may be granted to the other side. */
  grant(bytes: number): void;
}

/**
 * What one exchange has received and not taken yet: never more than a window of bytes, or a single
 * larger payload.
 */
export class ReceiveQueue<P> {
  /** Payloads received so far. */
  count = 0;
  readonly #receiver: Receiver<P>;
  readonly #window: number;
  #available: number;
  #owed = 0;
  #starved = false;
  #busy = false;
  #pending: Promise<void> | undefined;
  /** Bytes taken while it was. */
  #ahead = 0;
  #ending = false;
  #stopped = false;
  #items: Queue<{ payload: P; bytes: number }> | undefined;

  constructor(receiver: Receiver<P>, window: number) {
    this.#receiver = receiver;
    this.#window = window;
    this.#available = window;
  }

  /** Takes a payload in; false when the other side had no right to send it. */
  accept(payload: P, bytes: number): boolean {
    const isWhole = this.#available === this.#window;
    this.#available -= bytes;
    if ((this.#available < 0 && !isWhole) || this.#ending) return false;
    if (this.#stopped) return true;
    this.count += 1;
    if (this.#busy && this.#receiver.takesAhead) {
      this.#runAhead(payload, bytes);
      return true;
    }
    if (this.#busy) {
      this.#items ??= new Queue();
      this.#items.push({ payload, bytes });
      return true;
    }
    this.#run(payload, bytes);
    this.#drain();
    return true;
  }

  /** Nothing follows; false when that was said before. */
  end(): boolean {
    if (this.#ending) return false;
    this.#ending = true;
    this.#drain();
    return true;
  }

  /** Delivers nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#items = undefined;
  }

  /** The other side waits for more room than half a window. */
  starve(): void {
    this.#starved = true;
    this.#settle();
  }

  #run(payload: P, bytes: number): void {
    this.#busy = true;
    let result: void | Promise<void>;
    try {
      result = this.#receiver.deliver(payload, bytes);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (result === undefined) {
      this.#consumed(bytes);
      return;
    }
    this.#pending = result;
    result.then(
      () => {
        this.#consumed(bytes);
        this.#drain();
      },
      (error: unknown) => this.#fail(error),
    );
  }

  /** What is taken now is granted once the promise is settled that was pending before. */
  #runAhead(payload: P, bytes: number): void {
    try {
      const result = this.#receiver.deliver(payload, bytes);
      this.#ahead += bytes;
      if (result === undefined || result === this.#pending) return;
      result.then(undefined, (error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  #drain(): void {
    while (!this.#busy && !this.#stopped) {
      const item = this.#items?.shift();
      if (item === undefined) break;
      this.#run(item.payload, item.bytes);
    }
    // A promise that is pending with one that takes ahead holds back nothing that has come.
    const isFree = !this.#busy || (this.#receiver.takesAhead && this.#pending !== undefined);
    if (this.#ending && isFree && !this.#stopped) {
      this.#stopped = true;
      this.#receiver.delivered();
    }
  }

  #consumed(bytes: number): void {
    this.#busy = false;
    this.#pending = undefined;
    this.#owed += bytes + this.#ahead;
    this.#ahead = 0;
    this.#settle();
  }

  /** Grants what is owed once that is half a window, so that credit costs few frames. */
  #settle(): void {
    if (this.#owed === 0 || this.#ending || this.#stopped) return;
    const idle = !this.#busy && (this.#items === undefined || this.#items.length === 0);
    if (this.#owed * 2 < this.#window && !(this.#starved && idle)) return;
    if (idle) this.#starved = false;
    const owed = this.#owed;
    this.#owed = 0;
    this.#available += owed;
    this.#receiver.grant(owed);
  }

  #fail(error: unknown): void {
    this.#busy = false;
    if (this.#stopped) return;
    this.stop();
    this.#receiver.failed(error);
  }
}
