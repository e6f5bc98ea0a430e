import type { MessageInitShape } from "@bufbuild/protobuf";
import { formatCursor } from "@smartcall/protocol";
import {
  type Task,
  Task_State,
  type TaskEvent,
  type TaskEventSchema,
} from "@smartcall/protocol/proto";

/** What is appended to a task's log; the store gives it a number and a time. */
export type TaskEventKind = Extract<TaskEvent["kind"], { case: string }>;

/** The same as plain values, for those who write events. */
export type TaskEventKindInit = NonNullable<MessageInitShape<typeof TaskEventSchema>["kind"]>;

const terminal: ReadonlySet<Task_State> = new Set([
  Task_State.COMPLETED,
  Task_State.FAILED,
  Task_State.CANCELED,
  Task_State.REJECTED,
]);

/** Whether nothing more can happen to a task in this state. */
export function isTerminal(state: Task_State): boolean {
  return terminal.has(state);
}

/** Whether a waiting caller is answered in this state: the task has ended or asks for something. */
export function isSettled(state: Task_State): boolean {
  return (
    terminal.has(state) || state === Task_State.INPUT_REQUIRED || state === Task_State.AUTH_REQUIRED
  );
}

/** A task as a store keeps it: its state now, its log, and who waits for more. */
export class TaskRecord {
  /** The task as of the newest event. Only the store changes it. */
  readonly task: Task;
  /** The epoch of the log. */
  readonly epoch: string;
  /** The log; the event numbered n stands at n - 1. Only the store changes it. */
  readonly events: TaskEvent[] = [];
  /** What the task and its log take up, about. */
  bytes = 0;
  readonly #listeners = new Set<() => void>();

  constructor(task: Task, epoch: string) {
    this.task = task;
    this.epoch = epoch;
  }

  /** The place of the newest event. */
  get cursor(): string {
    return formatCursor({ epoch: this.epoch, seq: this.events.length });
  }

  get ended(): boolean {
    return isTerminal(this.task.state);
  }

  /** Calls `listener` after every append until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells those who wait that there is more. Only the store calls it. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
