import { SmartcallError } from "@smartcall/protocol/sdk";

/** The longest that a timer waits; a longer one fires at once. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * How long something may take: until its caller aborts, its time is over, or it is ended.
 *
 * Holds a timer and a listener from `start()` until it is released or ended.
 */
export class Lifetime {
  readonly #controller = new AbortController();
  readonly #callers: AbortSignal | undefined;
  readonly #timeoutMs: number | undefined;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deadline: number | undefined;
  #isRunning = false;

  constructor(limits: {
    signal?: AbortSignal | undefined;
    timeoutMs?: number | undefined;
    now: () => number;
  }) {
    this.#callers = limits.signal;
    this.#timeoutMs = limits.timeoutMs;
    this.#now = limits.now;
  }

  /** Aborted with a SmartcallError when the life is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds that are left; undefined when there is no limit. */
  get remainingMs(): number | undefined {
    return this.#deadline === undefined ? undefined : Math.max(1, this.#deadline - this.#now());
  }

  /** The time begins now. */
  start(): void {
    if (this.#isRunning || this.signal.aborted) return;
    this.#isRunning = true;
    if (this.#callers?.aborted) {
      this.#cancel();
      return;
    }
    this.#callers?.addEventListener("abort", this.#cancel);
    if (this.#timeoutMs === undefined || this.#timeoutMs > maxTimerMs) return;
    this.#deadline = this.#now() + this.#timeoutMs;
    this.#timer = setTimeout(
      () => this.end(new SmartcallError({ reason: "DEADLINE_EXCEEDED" })),
      this.#timeoutMs,
    );
  }

  /** The life is over, with an error that readers hear unless they have heard of the end. */
  end(error = new SmartcallError({ reason: "CANCELED" })): void {
    this.release();
    this.#controller.abort(error);
  }

  /** Nothing is to be limited any more: leaves neither timer nor listener behind, and aborts nothing. */
  release(): void {
    clearTimeout(this.#timer);
    this.#callers?.removeEventListener("abort", this.#cancel);
  }

  readonly #cancel = () => {
    this.end(new SmartcallError({ reason: "CANCELED", cause: this.#callers?.reason }));
  };
}
