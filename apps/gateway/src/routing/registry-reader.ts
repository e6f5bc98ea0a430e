import type { Cancellation } from "@smartcall/link";
import { parseCursor, SmartcallError } from "@smartcall/protocol";
import { type RegistryEvent, TaskEvent_End_Reason } from "@smartcall/protocol/proto";
import type { Registry } from "./registry.js";

type Step = IteratorResult<readonly RegistryEvent[]>;

/**
 * What changes in the registry: the changes after a cursor where they are kept, else a snapshot of
 * all agents, then what changes. Whoever falls too far behind gets a snapshot again. When the gateway
 * is going away, `end` follows what is known then.
 */
export class RegistryReader implements AsyncIterableIterator<readonly RegistryEvent[]> {
  readonly #registry: Registry;
  readonly #unsubscribe: () => void;
  /** Undefined: begin with a snapshot. */
  #seq: number | undefined;
  #waiting: { resolve: (step: Step) => void; reject: (error: unknown) => void } | undefined;
  #isWoken = false;
  #isDone = false;
  #gone: Cancellation | undefined;

  /**
   * @param after `epoch.seq`; a snapshot when empty.
   * @throws {SmartcallError} `INVALID_ARGUMENT` when it is no cursor.
   */
  constructor(registry: Registry, after: string) {
    this.#registry = registry;
    const cursor = after === "" ? undefined : parseCursor(after);
    if (after !== "" && !cursor) {
      const detail = "expected epoch.seq, as an event's cursor has it";
      throw new SmartcallError({
        reason: "INVALID_ARGUMENT",
        message: `the cursor is none: ${detail}`,
        errors: [{ pointer: "#/query/after", detail }],
      });
    }
    this.#seq = cursor?.epoch === registry.log.epoch ? cursor.seq : undefined;
    this.#unsubscribe = registry.log.subscribe(() => this.#wake());
  }

  next(): Promise<Step> {
    if (this.#gone) return Promise.reject(new SmartcallError(this.#gone));
    if (this.#isDone) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#answer();
    });
  }

  async return(): Promise<Step> {
    this.leave({ reason: "CANCELED", message: "the caller went away" });
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The caller is gone. */
  leave(why: Cancellation): void {
    if (this.#isDone) return;
    this.#gone = why;
    this.#finish();
    this.#waiting?.reject(new SmartcallError(why));
    this.#waiting = undefined;
  }

  #wake(): void {
    if (this.#isWoken || !this.#waiting) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      this.#answer();
    });
  }

  #answer(): void {
    if (!this.#waiting) return;
    const events = this.#take();
    if (events.length === 0) return;
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve({ done: false, value: events });
  }

  #take(): RegistryEvent[] {
    const { log } = this.#registry;
    const read = this.#seq === undefined ? undefined : log.read(this.#seq);
    const events = read ?? [this.#snapshot()];
    const seq = read ? (this.#seq ?? 0) + read.length : log.last;
    this.#seq = seq;
    if (log.isOver && seq === log.last) {
      this.#finish();
      const value = {
        $typeName: "smartcall.v1.TaskEvent.End",
        reason: TaskEvent_End_Reason.DRAINING,
      } as const;
      events.push(log.event({ case: "end", value }, seq));
    }
    return events;
  }

  #finish(): void {
    this.#isDone = true;
    this.#unsubscribe();
  }

  #snapshot(): RegistryEvent {
    const { log } = this.#registry;
    const agents = this.#registry.names().map((name) => this.#registry.agent(name));
    const value = { $typeName: "smartcall.v1.RegistryEvent.Snapshot", agents } as const;
    return log.event({ case: "snapshot", value }, log.last);
  }
}
