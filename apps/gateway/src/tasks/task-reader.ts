import type { Cancellation } from "@smartcall/link";
import { formatCursor, SmartcallError } from "@smartcall/protocol";
import { type TaskEvent, TaskEvent_End_Reason } from "@smartcall/protocol/proto";
import { nextOf, type Pullable, type Taker } from "@smartcall/transcode";
import type { TaskEventKind } from "./apply-event.js";
import type { LogBatch } from "./event-log.js";
import { timestampOf } from "./memory-event-log.js";
import { readFrom } from "./read-from.js";
import type { LogReader } from "./reader-set.js";
import { isInterrupted, type TaskRecord } from "./task-record.js";

/** How a {@link TaskReader} reads. */
export interface TaskReaderOptions {
  record: TaskRecord;
  /** `epoch.seq`; from the first event when empty. */
  after: string;
  /** Whether events that are no longer kept are answered with a gap and a snapshot. */
  wantsSnapshot: boolean;
  /** Whether, as of now, a question of the agent is no reason to end. */
  caller: { readonly isInteractive: boolean };
  limits: ReaderLimits;
}

/** When a reader is too slow. */
export interface ReaderLimits {
  /** Bytes of events that a reader of a task at work may be behind when it takes none. */
  readerBytes: number;
  /** How long a reader that is further behind may take none before it is let go. */
  slowReaderMs: number;
  /** Bytes from which on pieces of text are joined. Default: {@link farBehindBytes}. */
  mergeBytes?: number;
}

/** A reader that is further behind holds its agent, and has pieces of text joined. */
export const farBehindBytes = 128 * 1024;

/** Who takes nothing for so long has stalled; one that is merely slow takes a batch at a time. */
const stalledMs = 1_000;

const batchBytes = 64 * 1024;
const maxMergeLength = 16 * 1024;

const tooSlow = {
  reason: "SLOW_CONSUMER",
  message: "the last reader did not keep up",
} as const;

type Events = readonly TaskEvent[];

/**
 * A task's events after a cursor, those that were and those to come, as many at a time as are ready,
 * and `end` as the last.
 *
 * Waits without polling. Far behind, it joins pieces of text; a reader that does not come for its
 * events for too long is ended with SLOW_CONSUMER and may resume. Events that are gone are answered
 * with a gap and a snapshot where that is wanted, and to a reader from the first event.
 *
 * @throws {SmartcallError} `CURSOR_EXPIRED` when events after the cursor are not kept, or it is of
 *   another epoch; `INVALID_ARGUMENT` when it is no cursor.
 */
export class TaskReader implements LogReader, Pullable<Events>, AsyncIterableIterator<Events> {
  readonly #wantsSnapshot: boolean;
  readonly #caller: TaskReaderOptions["caller"];
  readonly #limits: ReaderLimits;
  /** Undefined once it reads no more: a slow one keeps no task that the store has forgotten. */
  #record: TaskRecord | undefined;
  /** The end that it has yet to take, although it reads no more. */
  #farewell: TaskEvent | undefined;
  #seq: number;
  /** What the events up to `#seq` took up. */
  #bytesRead: number;
  /** The cursor after which events are gone, so that a snapshot is to take their place. */
  #gapAfter: string | undefined;
  /** Who waits for events. */
  #waiting: Taker<Events> | undefined;
  /** Whether an answer to who waits is on its way. */
  #isComing = false;
  #timer: NodeJS.Timeout | undefined;
  #takenMs = Date.now();
  /** Why the caller is gone. */
  #gone: Cancellation | undefined;

  constructor({ record, after, wantsSnapshot, caller, limits }: TaskReaderOptions) {
    this.#record = record;
    this.#wantsSnapshot = wantsSnapshot;
    this.#caller = caller;
    this.#limits = limits;
    const start = readFrom(record.log, after, wantsSnapshot);
    this.#seq = start ?? record.log.last;
    this.#gapAfter = start === undefined ? after : undefined;
    this.#bytesRead = record.log.bytesUpTo(this.#seq);
    record.attach(this);
    record.work?.arrive(this);
  }

  get bytesBehind(): number {
    // A snapshot brings it to the newest event, wherever that is then.
    if (this.#gapAfter !== undefined || this.#record === undefined) return 0;
    return this.#record.log.bytesWritten - this.#bytesRead;
  }

  get isStalled(): boolean {
    if (this.#waiting !== undefined || this.bytesBehind === 0) return false;
    return Date.now() - this.#takenMs > stalledMs;
  }

  next(): Promise<IteratorResult<Events>> {
    return nextOf(this);
  }

  pull(taker: Taker<Events>): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gone) {
      taker.failed(new SmartcallError(this.#gone));
    } else if (this.#record !== undefined) {
      this.#waiting = taker;
      this.wake();
    } else if (this.#farewell !== undefined) {
      const end = this.#farewell;
      this.#farewell = undefined;
      taker.take([end]);
    } else {
      taker.ended();
    }
  }

  /** Ends it as if the caller had gone, unless it has ended. */
  async return(): Promise<IteratorResult<Events>> {
    this.leave({ reason: "CANCELED", message: "the caller went away" });
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The caller is gone: what it waits for is refused, and the task hears of it at once. */
  leave(why: Cancellation): void {
    if (this.#record === undefined && this.#farewell === undefined) return;
    this.#gone = why;
    this.#farewell = undefined;
    const waiting = this.#takeWaiting();
    this.#detach(this.#isAnswered ? undefined : why);
    waiting?.failed(new SmartcallError(why));
  }

  letGo(): void {
    const record = this.#record;
    // Who waits for more has taken everything.
    if (record === undefined || this.#waiting !== undefined) return;
    this.#farewell = this.#endOf(record, TaskEvent_End_Reason.SLOW_CONSUMER);
    this.#detach(tooSlow);
  }

  wake(): void {
    if (this.#waiting === undefined) {
      this.#watch();
    } else if (!this.#isComing) {
      // After everything that this turn appends, and after who pulls is done with what came before.
      this.#isComing = true;
      queueMicrotask(this.#onWoken);
    }
  }

  readonly #onWoken = (): void => {
    this.#isComing = false;
    this.#answer();
  };

  /** Answers who waits, if there is anything to say. */
  #answer(): void {
    const record = this.#record;
    if (record === undefined || this.#waiting === undefined || this.#isComing) return;
    const { log } = record;
    if (this.#gapAfter !== undefined) {
      this.#give(record, this.#jump(record, this.#gapAfter));
    } else if (this.#seq === log.last) {
      this.#give(record, []);
    } else {
      const { mergeBytes = farBehindBytes } = this.#limits;
      const mergeLength = this.bytesBehind > mergeBytes ? maxMergeLength : 0;
      const batch = record.read({ after: this.#seq, maxBytes: batchBytes, mergeLength });
      if (!(batch instanceof Promise)) this.#giveBatch(record, batch);
      else this.#expect(record, batch);
    }
  }

  #expect(record: TaskRecord, batch: Promise<LogBatch | undefined>): void {
    this.#isComing = true;
    batch.then(
      (read) => {
        this.#isComing = false;
        if (this.#waiting) this.#giveBatch(record, read);
      },
      () => this.leave({ reason: "INTERNAL", message: "the task's events cannot be read" }),
    );
  }

  #giveBatch(record: TaskRecord, batch: LogBatch | undefined): void {
    if (batch) {
      this.#seq = batch.last;
      this.#bytesRead += batch.bytes;
      this.#give(record, batch.events);
    } else if (this.#wantsSnapshot) {
      const after = formatCursor({ epoch: record.log.epoch, seq: this.#seq });
      this.#give(record, this.#jump(record, after));
    } else {
      // What comes next is gone, because it was too far behind.
      const end = this.#endOf(record, TaskEvent_End_Reason.SLOW_CONSUMER);
      this.#detach(tooSlow);
      this.#takeWaiting()?.take([end]);
    }
  }

  /** Whether the task waits for its caller, who knows that and answers by another way. */
  get #isAnswered(): boolean {
    const record = this.#record;
    if (record === undefined || this.#caller.isInteractive) return false;
    return this.#seq === record.log.last && isInterrupted(record.state);
  }

  /** Hands over what is ready, with the end if nothing follows; waits on when that is nothing. */
  #give(record: TaskRecord, events: Events): void {
    const end = this.#endNow(record);
    // Others may have been given the same events, whose end may be another.
    const given = end === undefined ? events : [...events, this.#endOf(record, end)];
    if (end !== undefined) this.#detach();
    if (given.length === 0) return;
    this.#takenMs = Date.now();
    // Who takes may pull again at once, so that comes last.
    const waiting = this.#takeWaiting();
    this.#watch();
    record.work?.onRead(this);
    waiting?.take(given);
  }

  /** Who waits, and from now on does so no more. */
  #takeWaiting(): Taker<Events> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }

  /** Why it ends after the events that it has read, if it does. */
  #endNow(record: TaskRecord): TaskEvent_End_Reason | undefined {
    if (this.#seq !== record.log.last) return undefined;
    if (record.ended) return TaskEvent_End_Reason.TERMINAL;
    return this.#isAnswered ? TaskEvent_End_Reason.INTERRUPTED : undefined;
  }

  /** Goes on after the newest event: a gap, and the task as it is. */
  #jump(record: TaskRecord, after: string): TaskEvent[] {
    this.#gapAfter = undefined;
    this.#seq = record.log.last;
    this.#bytesRead = record.log.bytesWritten;
    return [
      this.#unnumbered(record, {
        case: "gap",
        value: { $typeName: "smartcall.v1.TaskEvent.Gap", after },
      }),
      this.#unnumbered(record, {
        case: "snapshot",
        value: { $typeName: "smartcall.v1.TaskEvent.Snapshot", task: record.snapshot() },
      }),
    ];
  }

  #endOf(record: TaskRecord, reason: TaskEvent_End_Reason): TaskEvent {
    const value = { $typeName: "smartcall.v1.TaskEvent.End", reason } as const;
    return this.#unnumbered(record, { case: "end", value });
  }

  /** An event that has no number, but the place that the reader has come to. */
  #unnumbered({ id, log }: TaskRecord, kind: TaskEventKind): TaskEvent {
    return {
      $typeName: "smartcall.v1.TaskEvent",
      taskId: id,
      cursor: `${log.epoch}.${this.#seq}`,
      time: timestampOf(Date.now()),
      kind,
    };
  }

  /** Sees to it that a reader that is too far behind comes soon, or is let go. */
  #watch(): void {
    const record = this.#record;
    if (record === undefined || this.#timer !== undefined) return;
    if (this.bytesBehind <= this.#allowanceOf(record)) return;
    const leftMs = this.#takenMs + this.#limits.slowReaderMs - Date.now();
    this.#timer = setTimeout(letGo, Math.max(0, leftMs), this);
    this.#timer.unref();
  }

  /** Bytes that it may be behind, and take nothing for as long as it likes. */
  #allowanceOf({ ended, work }: TaskRecord): number {
    // What has ended is kept for its readers alone.
    if (ended) return 0;
    // An agent that waits for its slowest reader sends no more.
    return work && work.onDisconnect !== "continue"
      ? Number.POSITIVE_INFINITY
      : this.#limits.readerBytes;
  }

  #detach(why?: Cancellation): void {
    const record = this.#record;
    if (record === undefined) return;
    this.#record = undefined;
    clearTimeout(this.#timer);
    record.detach(this, why === undefined);
    record.work?.leave(why);
  }
}

function letGo(reader: TaskReader): void {
  reader.letGo();
}
