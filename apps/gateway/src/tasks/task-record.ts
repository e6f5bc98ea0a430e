import type { Cancellation } from "@smartcall/link";
import { formatCursor } from "@smartcall/protocol";
import { type Message, type Task, Task_State } from "@smartcall/protocol/proto";
import {
  appendText,
  applyEvent,
  isTerminal,
  isTerminalEvent,
  type TaskEventKind,
} from "./apply-event.js";
import type { EventLog, LogBatch, LogQuery } from "./event-log.js";
import { timestampOf } from "./memory-event-log.js";
import type { OnDisconnect } from "./on-disconnect.js";
import { type LogReader, ReaderSet } from "./reader-set.js";

/** Whether a task in this state waits for its caller. */
export function isInterrupted(state: Task_State): boolean {
  return state === Task_State.INPUT_REQUIRED || state === Task_State.AUTH_REQUIRED;
}

/** Whether a waiting caller is answered in this state: the task has ended or asks for something. */
export function isSettled(state: Task_State): boolean {
  return isTerminal(state) || isInterrupted(state);
}

/** Whoever works on a task, as those who have the task may ask for it. */
export interface TaskWork {
  /** What happens when nobody waits for the task or reads it any more. */
  readonly onDisconnect: OnDisconnect;
  /** Whether somebody waits for it who reads none of its events. */
  readonly isWaitedFor: boolean;
  /** A further caller wants this to happen then. */
  heed(wish: OnDisconnect): void;
  /** Somebody waits for the task, or reads it with this reader. */
  arrive(reader?: LogReader): void;
  /**
   * One who had arrived does so no more.
   *
   * @param why absent when they got what they came for.
   */
  leave(why?: Cancellation): void;
  /** A reader has taken events. */
  onRead(reader: LogReader): void;
  /** Tells the agent to stop; the task ends at once. */
  cancel(cancellation: Cancellation): void;
  /** Sends a further message to the agent. */
  send(message: Message, bytes: number): void;
}

/** Pieces of text are joined when so many have come, or when somebody asks for the task. */
const maxPieces = 1_024;

/**
 * A task as a store keeps it: its state now, its log, and who waits for more.
 *
 * Times and cursors are kept as numbers, and an answer as the pieces it came in; they become
 * messages when somebody reads them, since most are never read one by one.
 */
export class TaskRecord<Log extends EventLog = EventLog> {
  readonly id: string;
  readonly log: Log;
  readonly createMs: number;
  /** What the task takes up without its log, about. Only the store changes it. */
  stateBytes = 0;
  /** Who works on it now. Only the engine sets it. */
  work: TaskWork | undefined;
  /** The ids of the newest messages that its agent was given. Only the engine sets it. */
  given: Set<string> | undefined;
  /** Hears when the first reader has come and when the last one has left. Only the store sets it. */
  onReaders: (() => void) | undefined;
  /** When a reader left last that had not read to the end; 0 when none did. */
  interruptedMs = 0;
  readonly #task: Task;
  #pieces: string[] = nothing;
  #readers: ReaderSet | undefined;
  /** What one of several readers read last, and the newest event of then. */
  #shared: { query: LogQuery; batch: LogBatch; until: number } | undefined;

  constructor(task: Task, log: Log, createMs: number) {
    this.id = task.id;
    this.#task = task;
    this.log = log;
    this.createMs = createMs;
  }

  /** The task as of the newest event, but for what `snapshot` adds. */
  get task(): Readonly<Task> {
    this.#joinPieces();
    return this.#task;
  }

  get state(): Task_State {
    return this.#task.state;
  }

  get ended(): boolean {
    return isTerminal(this.#task.state);
  }

  /** What the task and its log take up, about. */
  get bytes(): number {
    return this.stateBytes + this.log.bytes;
  }

  /** The place of the newest event. */
  get cursor(): string {
    return formatCursor({ epoch: this.log.epoch, seq: this.log.last });
  }

  /** Who reads its events now. */
  get readers(): Pick<ReaderSet, "size" | typeof Symbol.iterator> {
    return this.#readers ?? nobody;
  }

  /** Whether it is read, and none of its readers takes anything. */
  get isStalled(): boolean {
    for (const reader of this.readers) if (!reader.isStalled) return false;
    return this.readers.size > 0;
  }

  /** What of the newest events its readers have yet to take, those that stalled left out. */
  get neededBytes(): number {
    let needed = 0;
    for (const reader of this.readers) {
      if (!reader.isStalled) needed = Math.max(needed, reader.bytesBehind);
    }
    return needed;
  }

  /** The task as it stands now, with its cursor and times; no later event changes it. */
  snapshot(): Task {
    const { task } = this;
    return {
      ...task,
      artifacts: task.artifacts.map((artifact) => ({ ...artifact, parts: [...artifact.parts] })),
      cursor: this.cursor,
      createTime: timestampOf(this.createMs),
      updateTime: timestampOf(this.log.lastMs || this.createMs),
    };
  }

  /** Adds a reader, which is woken after every append. */
  attach(reader: LogReader): void {
    this.#readers ??= new ReaderSet();
    this.#readers.add(reader);
    if (this.#readers.size === 1) this.onReaders?.();
  }

  /** Takes a reader out; one that has not read all that it came for may be back in a moment. */
  detach(reader: LogReader, hasAll = true): void {
    if (!this.#readers?.delete(reader)) return;
    if (!hasAll) this.interruptedMs = Date.now();
    if (this.#readers.size === 0) this.onReaders?.();
  }

  /**
   * Reads the log. Those who read the same place get the same batch, so that for thousands of readers
   * it is made once, and written once.
   */
  read(query: LogQuery): ReturnType<EventLog["read"]> {
    const shared = this.#shared;
    if (shared && shared.until === this.log.last && isSame(shared.query, query)) {
      return shared.batch;
    }
    const batch = this.log.read(query);
    const isShared = this.readers.size > 1 && batch !== undefined && !(batch instanceof Promise);
    this.#shared = isShared ? { query, batch, until: this.log.last } : undefined;
    // Whoever writes it may keep what it wrote for the next one.
    if (isShared) Object.freeze(batch.events);
    return batch;
  }

  /** Folds an event into the task, appends it to the log and tells who waits. Only the store calls it. */
  append(kind: TaskEventKind, timeMs: number, bytes: number): number | Promise<number> {
    this.#fold(kind);
    const appended = this.log.append(kind, timeMs, bytes);
    this.#readers?.wake();
    return appended;
  }

  #fold(kind: TaskEventKind): void {
    if (kind.case !== "outputDelta") {
      if (kind.case === "outputCompleted" && kind.value.message) this.#pieces = nothing;
      else if (isTerminalEvent(kind)) this.#joinPieces();
      applyEvent(this.#task, kind);
      return;
    }
    if (this.#pieces === nothing) this.#pieces = [];
    this.#pieces.push(kind.value.text);
    if (this.#pieces.length >= maxPieces) this.#joinPieces();
  }

  #joinPieces(): void {
    if (this.#pieces.length === 0) return;
    const text = this.#pieces.join("");
    this.#pieces = nothing;
    appendText(this.#task, text);
  }
}

const nothing: string[] = [];
const nobody = new ReaderSet();

function isSame(one: LogQuery, other: LogQuery): boolean {
  return (
    one.after === other.after &&
    one.maxBytes === other.maxBytes &&
    one.mergeLength === other.mergeLength
  );
}
