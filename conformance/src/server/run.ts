import type { Json } from "../json.ts";
import { match, type Saved } from "../match.ts";
import type { Bounds } from "../vector.ts";

/** One run of a vector against one runner: what was amiss, and what its steps share. */
export class Run {
  readonly complaints: string[] = [];
  /** Tells the runner to give its call up. */
  readonly abort: () => void;
  /** Aborts when the run is over. */
  readonly over = new AbortController();
  readonly saved: Saved = new Map();
  #endedAt: number | undefined;
  #heard = 0;
  readonly #listeners = new Set<() => void>();

  constructor(abort: () => void) {
    this.abort = abort;
  }

  complain(complaint: string): void {
    this.complaints.push(complaint);
  }

  /** Compares what was heard with what is wanted; false when it differs. */
  check(what: string, wanted: Json, value: unknown): boolean {
    const complaints = match(wanted, value, this.saved, what);
    this.complaints.push(...complaints);
    return complaints.length === 0;
  }

  /** A request was heard. */
  hear(): void {
    this.#heard += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Resolves when so many requests were heard, or the run is over. */
  async whenHeard(count: number): Promise<void> {
    const { signal } = this.over;
    while (this.#heard < count && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#listeners.add(resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
      await promise;
      this.#listeners.delete(resolve);
    }
  }

  /** Something that others are timed after has ended. */
  ended(): void {
    this.#endedAt = performance.now();
  }

  /** Checks how long ago the last thing ended. */
  checkWait(what: string, bounds: Bounds | undefined): void {
    if (bounds === undefined || this.#endedAt === undefined) return;
    const waitedMs = performance.now() - this.#endedAt;
    const { atLeastMs = 0, atMostMs = Number.POSITIVE_INFINITY } = bounds;
    // Timers of some runtimes end a little early.
    if (waitedMs < atLeastMs - 5 || waitedMs > atMostMs) {
      const range = `${atLeastMs} to ${atMostMs}`;
      this.complain(`${what} came after ${waitedMs.toFixed(1)} ms instead of ${range}`);
    }
  }
}
