/** Parts of an interval, so that those who wait do not all run in one turn. */
const slotCount = 16;

/**
 * One timer for any number of waiters of the same interval.
 *
 * Each is called when a whole interval is over, up to a sixteenth of it early, and then every
 * interval until it is removed. The timer runs while anybody waits, and keeps no process alive.
 */
export class SharedInterval {
  readonly #slotMs: number;
  readonly #slots = Array.from({ length: slotCount }, () => new Set<Waiter>());
  #current = 0;
  #size = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(intervalMs: number) {
    this.#slotMs = Math.max(1, intervalMs / slotCount);
  }

  /** Waiters now. */
  get size(): number {
    return this.#size;
  }

  /** Calls `run` every interval until the returned function is called. */
  add(run: () => void): () => void {
    const slot = this.#slots[this.#current];
    // A waiter of its own, so that one function may wait twice.
    const waiter: Waiter = { run };
    slot?.add(waiter);
    this.#size++;
    this.#timer ??= setInterval(() => this.#tick(), this.#slotMs).unref();
    return () => {
      if (!slot?.delete(waiter)) return;
      this.#size--;
      if (this.#size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  #tick(): void {
    this.#current = (this.#current + 1) % slotCount;
    for (const waiter of this.#slots[this.#current] ?? []) waiter.run();
  }
}

interface Waiter {
  readonly run: () => void;
}
