/** One who reads a task's events. */
export interface LogReader {
  /** What the events take up that it has not taken yet. */
  readonly bytesBehind: number;
  /** Whether it has taken nothing for a while although there was something to take. */
  readonly isStalled: boolean;
  /** There is more to read. */
  wake(): void;
  /** Ends it as too slow: it keeps the task no longer. */
  letGo(): void;
}

/** What thousands of readers are sent takes seconds of a turn; so many of them take milliseconds. */
const wakesPerTurn = 256;

/**
 * Those who read a task's events.
 *
 * Any number of them may come and go at once, and be woken without keeping everybody else waiting.
 */
export class ReaderSet {
  readonly #readers = new Set<LogReader>();
  /** Who is still to be woken; absent when all are. */
  #waking: Iterator<LogReader> | undefined;
  #isStale = false;

  get size(): number {
    return this.#readers.size;
  }

  add(reader: LogReader): void {
    this.#readers.add(reader);
  }

  delete(reader: LogReader): boolean {
    return this.#readers.delete(reader);
  }

  [Symbol.iterator](): IterableIterator<LogReader> {
    return this.#readers.values();
  }

  /** Wakes all of them, those beyond the first few hundred in later turns of the event loop. */
  wake(): void {
    if (this.#waking) this.#isStale = true;
    else if (this.#readers.size <= wakesPerTurn) for (const reader of this.#readers) reader.wake();
    else {
      this.#waking = this.#readers.values();
      this.#wakeSome();
    }
  }

  readonly #wakeSome = (): void => {
    for (let count = 0; count < wakesPerTurn; count++) {
      const next = this.#waking?.next();
      if (!next || next.done) {
        this.#waking = undefined;
        // Those who were woken first have not heard of what came meanwhile.
        if (!this.#isStale) return;
        this.#isStale = false;
        this.#waking = this.#readers.values();
        break;
      }
      next.value.wake();
    }
    setImmediate(this.#wakeSome);
  };
}
