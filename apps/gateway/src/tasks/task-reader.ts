import type { Cancellation } from "@smartcall/link";
import { formatCursor, SmartcallError } from "@smartcall/protocol";
import { type TaskEvent, TaskEvent_End_Reason } from "@smartcall/protocol/proto";
import type { TaskEventKind } from "./apply-event.js";
import type { LogBatch } from "./event-log.js";
import { timestampOf } from "./memory-event-log.js";
import { readFrom } from "./read-from.js";
import { isInterrupted, type LogReader, type TaskRecord } from "./task-record.js";

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
  /** Bytes of events that a reader may be behind when it takes none. */
  readerBytes: number;
  /** How long a reader that is further behind may take none before it is let go. */
  slowReaderMs: number;
  /** Bytes from which on pieces of text are joined. Default: {@link farBehindBytes}. */
  mergeBytes?: number;
}

/** A reader that is further behind holds its agent, and has pieces of text joined. */
export const farBehindBytes = 256 * 1024;

const batchBytes = 64 * 1024;
const maxMergeLength = 16 * 1024;

const tooSlow = {
  reason: "SLOW_CONSUMER",
  message: "the last reader did not keep up",
} as const;

type Step = IteratorResult<readonly TaskEvent[]>;

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
export class TaskReader implements LogReader, AsyncIterableIterator<readonly TaskEvent[]> {
  readonly #options: TaskReaderOptions;
  #seq: number;
  /** What the events up to `#seq` took up. */
  #bytesRead: number;
  /** The cursor after which events are gone, so that a snapshot is to take their place. */
  #gapAfter: string | undefined;
  #waiting: { resolve: (step: Step) => void; reject: (error: unknown) => void } | undefined;
  /** Whether an answer to who waits is on its way. */
  #isComing = false;
  #timer: NodeJS.Timeout | undefined;
  #takenMs = Date.now();
  #state: "reading" | "slow" | "done" = "reading";
  /** Why the caller is gone. */
  #gone: Cancellation | undefined;

  constructor(options: TaskReaderOptions) {
    const { record, after } = options;
    this.#options = options;
    const start = readFrom(record.log, after, options.wantsSnapshot);
    this.#seq = start ?? record.log.last;
    this.#gapAfter = start === undefined ? after : undefined;
    this.#bytesRead = record.log.bytesUpTo(this.#seq);
    record.attach(this);
    record.work?.arrive(this);
  }

  get bytesBehind(): number {
    // A snapshot brings it to the newest event, wherever that is then.
    if (this.#gapAfter !== undefined) return 0;
    return this.#options.record.log.bytesWritten - this.#bytesRead;
  }

  next(): Promise<Step> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gone) return Promise.reject(new SmartcallError(this.#gone));
    if (this.#state === "done") return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#answer();
    });
  }

  /** Ends it as if the caller had gone, unless it has ended. */
  async return(): Promise<Step> {
    this.leave({ reason: "CANCELED", message: "the caller went away" });
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The caller is gone: what it waits for is refused, and the task hears of it at once. */
  leave(why: Cancellation): void {
    if (this.#state === "done") return;
    this.#gone = why;
    this.#detach(this.#isAnswered ? undefined : why);
    this.#state = "done";
    this.#waiting?.reject(new SmartcallError(why));
    this.#waiting = undefined;
  }

  wake(): void {
    if (this.#waiting === undefined) {
      this.#watch();
    } else if (!this.#isComing) {
      // After everything that this turn appends.
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
    const { log } = this.#options.record;
    if (this.#waiting === undefined || this.#isComing) return;
    if (this.#state === "slow") {
      this.#give(this.#withEnd([], TaskEvent_End_Reason.SLOW_CONSUMER));
    } else if (this.#gapAfter !== undefined) {
      this.#give(this.#jump(this.#gapAfter));
    } else if (this.#seq === log.last) {
      this.#give([]);
    } else {
      const { mergeBytes = farBehindBytes } = this.#options.limits;
      const mergeLength = this.bytesBehind > mergeBytes ? maxMergeLength : 0;
      const batch = log.read({ after: this.#seq, maxBytes: batchBytes, mergeLength });
      if (!(batch instanceof Promise)) this.#giveBatch(batch);
      else this.#expect(batch);
    }
  }

  #expect(batch: Promise<LogBatch | undefined>): void {
    this.#isComing = true;
    batch.then(
      (read) => {
        this.#isComing = false;
        if (this.#waiting) this.#giveBatch(read);
      },
      (error: unknown) => {
        const waiting = this.#waiting;
        this.leave({ reason: "INTERNAL", message: "the task's events cannot be read" });
        waiting?.reject(error);
      },
    );
  }

  #giveBatch(batch: LogBatch | undefined): void {
    const { record, wantsSnapshot } = this.#options;
    if (batch) {
      this.#seq = batch.last;
      this.#bytesRead += batch.bytes;
      this.#give(batch.events);
    } else if (wantsSnapshot) {
      this.#give(this.#jump(formatCursor({ epoch: record.log.epoch, seq: this.#seq })));
    } else {
      // What comes next is gone, because it was too far behind.
      this.#letGo();
      this.#give(this.#withEnd([], TaskEvent_End_Reason.SLOW_CONSUMER));
    }
  }

  /** Whether the task waits for its caller, who knows that and answers by another way. */
  get #isAnswered(): boolean {
    const { record, caller } = this.#options;
    if (caller.isInteractive || this.#seq < record.log.last) return false;
    return isInterrupted(record.state);
  }

  /** Hands over what is ready, with the end if nothing follows; waits on when that is nothing. */
  #give(events: TaskEvent[]): void {
    const { record } = this.#options;
    if (this.#state !== "done" && this.#seq === record.log.last) {
      if (record.ended) this.#withEnd(events, TaskEvent_End_Reason.TERMINAL);
      else if (this.#isAnswered) {
        this.#withEnd(events, TaskEvent_End_Reason.INTERRUPTED);
      }
    }
    if (events.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#takenMs = Date.now();
    this.#watch();
    record.work?.onRead(this);
    waiting?.resolve({ done: false, value: events });
  }

  /** Goes on after the newest event: a gap, and the task as it is. */
  #jump(after: string): TaskEvent[] {
    const { record } = this.#options;
    this.#gapAfter = undefined;
    this.#seq = record.log.last;
    this.#bytesRead = record.log.bytesWritten;
    return [
      this.#unnumbered({ case: "gap", value: { $typeName: "smartcall.v1.TaskEvent.Gap", after } }),
      this.#unnumbered({
        case: "snapshot",
        value: { $typeName: "smartcall.v1.TaskEvent.Snapshot", task: record.snapshot() },
      }),
    ];
  }

  #withEnd(events: TaskEvent[], reason: TaskEvent_End_Reason): TaskEvent[] {
    this.#detach();
    this.#state = "done";
    const value = { $typeName: "smartcall.v1.TaskEvent.End", reason } as const;
    events.push(this.#unnumbered({ case: "end", value }));
    return events;
  }

  /** An event that has no number, but the place that the reader has come to. */
  #unnumbered(kind: TaskEventKind): TaskEvent {
    const { id, log } = this.#options.record;
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
    const { limits, record } = this.#options;
    if (this.#state !== "reading" || this.#timer !== undefined) return;
    // Others wait for their slowest reader, or take up nothing for it.
    if (record.work && record.work.onDisconnect !== "continue") return;
    if (this.bytesBehind <= limits.readerBytes) return;
    const leftMs = this.#takenMs + limits.slowReaderMs - Date.now();
    this.#timer = setTimeout(this.#letGo, Math.max(0, leftMs));
    this.#timer.unref();
  }

  readonly #letGo = (): void => {
    this.#detach(tooSlow);
    this.#state = "slow";
  };

  #detach(why?: Cancellation): void {
    if (this.#state !== "reading") return;
    const { record } = this.#options;
    clearTimeout(this.#timer);
    record.detach(this);
    record.work?.leave(why);
  }
}
