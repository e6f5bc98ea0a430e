import type { Task, Task_State } from "@smartcall/protocol/proto";
import type { TaskEventKind } from "./apply-event.js";
import type { TaskRecord } from "./task-record.js";

/** Which tasks to list, and from where. */
export interface TaskQuery {
  agent?: string | undefined;
  contextId?: string | undefined;
  /** Any of these; every state when empty. */
  states?: readonly Task_State[] | undefined;
  pageSize: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string | undefined;
}

/** One page of tasks, the newest first. */
export interface TaskPage {
  tasks: Task[];
  /** Empty on the last page. */
  nextPageToken: string;
}

/** The request that an idempotency key stands for. */
export interface Idempotency {
  key: string;
  /** Equal for equal requests. */
  fingerprint: string;
}

/** What became of an attempt to create a task. */
export interface Creation {
  record: TaskRecord;
  /** False when the idempotency key already stood for `record`. */
  created: boolean;
}

/**
 * Keeps tasks and their logs. Nothing else numbers events or decides that a task ended.
 *
 * An implementation gives each event the next number, folds it into the task, and only then tells
 * those who wait; after a terminal state it takes no more events.
 */
export interface TaskStore {
  /**
   * Keeps a new task, or answers the one that the idempotency key stands for: one step, so that
   * of two calls at the same time one creates and the other joins. A key no longer stands for a
   * task that ended with a retryable error, for that one never ran; for any other it stands for a time
   * after its end, whether or not the task itself is kept so long.
   *
   * @throws {SmartcallError} `GATEWAY_FULL` when running tasks or keys take up all there is,
   *   `IDEMPOTENCY_KEY_REUSED` when the key stands for another request, `TASK_NOT_FOUND` when it stands
   *   for a task that has ended and is no longer kept.
   */
  create(task: Task, bytes: number, idempotency?: Idempotency): Promise<Creation>;
  /**
   * The task of this id, undefined when there is none or it is no longer kept. A running task is
   * the same object each time; an ended one need not be.
   */
  find(id: string): Promise<TaskRecord | undefined>;
  /**
   * The task that an idempotency key stands for, undefined when there is none.
   *
   * @throws {SmartcallError} `IDEMPOTENCY_KEY_REUSED` and `TASK_NOT_FOUND` as `create` does.
   */
  findByIdempotency(idempotency: Idempotency): Promise<TaskRecord | undefined>;
  /**
   * One page of tasks, the newest first.
   *
   * @throws {SmartcallError} `INVALID_ARGUMENT` when the page token is none of this store's.
   */
  list(query: TaskQuery): Promise<TaskPage>;
  /**
   * Numbers an event and appends it. A pending promise means that it is not safe yet: whoever
   * sent it should hold the next one back.
   *
   * @returns false when the task has already ended, and the event was dropped.
   * @throws {SmartcallError} `PAYLOAD_TOO_LARGE` when the task would be larger than there is room
   *   for; its end is always taken.
   */
  append(record: TaskRecord, kind: TaskEventKind, bytes: number): boolean | Promise<boolean>;
  /**
   * Bytes that a task may be ahead of all its readers, now, before an agent that works for them alone
   * is held.
   */
  readonly leadBytes: number;
  /** What tasks at work take up of all that there is room for, 0 to 1. */
  readonly use: number;
  /** Bytes that all tasks take up now, about. */
  readonly bytes: number;
  /** Tasks kept now. */
  readonly size: number;
}
