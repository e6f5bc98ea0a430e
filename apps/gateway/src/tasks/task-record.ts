import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Cancellation } from "@smartcall/link";
import { formatCursor } from "@smartcall/protocol";
import { type Message, type Task, Task_State, type TaskEvent } from "@smartcall/protocol/proto";
import { applyEvent, type TaskEventKind } from "./apply-event.js";

const terminal: ReadonlySet<Task_State> = new Set([
  Task_State.COMPLETED,
  Task_State.FAILED,
  Task_State.CANCELED,
  Task_State.REJECTED,
]);

/** Whether nothing more can happen to a task in this state. */
function isTerminal(state: Task_State): boolean {
  return terminal.has(state);
}

/** Whether a waiting caller is answered in this state: the task has ended or asks for something. */
export function isSettled(state: Task_State): boolean {
  return (
    terminal.has(state) || state === Task_State.INPUT_REQUIRED || state === Task_State.AUTH_REQUIRED
  );
}

/** Whoever works on a task, as those who have the task may ask for it. */
export interface TaskWork {
  /** What happens when nobody waits for the task any more. */
  onCallerGone: "cancel" | "continue";
  /** Callers that wait for it to settle. */
  waiting: number;
  /** Tells the agent to stop; the task ends at once. */
  cancel(cancellation: Cancellation): void;
  /** Sends a further message to the agent. */
  send(message: Message, bytes: number): void;
}

/** One event of the log; its number is its place. */
interface LogEntry {
  readonly kind: TaskEventKind;
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
}

/**
 * A task as a store keeps it: its state now, its log, and who waits for more.
 *
 * Times and cursors are kept as numbers and become messages when somebody reads them: most events
 * are never read one by one, and what is kept costs memory for as long as the task is.
 */
export class TaskRecord {
  /** The task as of the newest event, but for what `snapshot` adds. Only the store changes it. */
  readonly task: Task;
  /** The epoch of the log. */
  readonly epoch: string;
  readonly createMs: number;
  /** What the task and its log take up, about. Only the store changes it. */
  bytes = 0;
  /** Who works on it now. Only the engine sets it. */
  work: TaskWork | undefined;
  readonly #log: LogEntry[] = [];
  /** Replaced, never changed: most tasks have one listener, and a copy may be under way. */
  #listeners = nobody;

  constructor(task: Task, epoch: string, createMs: number) {
    this.task = task;
    this.epoch = epoch;
    this.createMs = createMs;
  }

  /** Everything that happened, in order. */
  get log(): readonly LogEntry[] {
    return this.#log;
  }

  /** The number of the newest event, 0 before the first. */
  get length(): number {
    return this.#log.length;
  }

  /** The place of the newest event. */
  get cursor(): string {
    return formatCursor({ epoch: this.epoch, seq: this.length });
  }

  get ended(): boolean {
    return isTerminal(this.task.state);
  }

  /** The task as it stands now, with its cursor and times. */
  snapshot(): Task {
    return {
      ...this.task,
      cursor: this.cursor,
      createTime: timestampOf(this.createMs),
      updateTime: timestampOf(this.#log.at(-1)?.timeMs ?? this.createMs),
    };
  }

  /** The event of a number; undefined when it has not happened yet. */
  event(seq: number): TaskEvent | undefined {
    const entry = this.#log[seq - 1];
    if (!entry) return undefined;
    return {
      $typeName: "smartcall.v1.TaskEvent",
      taskId: this.task.id,
      cursor: formatCursor({ epoch: this.epoch, seq }),
      time: timestampOf(entry.timeMs),
      kind: entry.kind,
    };
  }

  /** Calls `listener` after every append until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** Appends to the log and folds into the task. Only the store calls it. */
  append(kind: TaskEventKind, timeMs: number): void {
    this.#log.push({ kind, timeMs });
    applyEvent(this.task, kind);
  }

  /** Tells those who wait that there is more. Only the store calls it. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

const nobody: readonly (() => void)[] = [];

/** A literal: `create` costs several times as much, and every answer has two. */
function timestampOf(ms: number): Timestamp {
  const seconds = Math.floor(ms / 1_000);
  return {
    $typeName: "google.protobuf.Timestamp",
    seconds: BigInt(seconds),
    nanos: (ms - seconds * 1_000) * 1_000_000,
  };
}
