import type { TaskEvent } from "@smartcall/protocol/proto";
import type { TaskEventKind } from "./apply-event.js";

/** What to read of a log. */
export interface LogQuery {
  /** The number after which to begin, 0 for the first event. */
  after: number;
  /** About as many bytes as the events may be once they are written; at least one is read. */
  maxBytes: number;
  /** Adjacent pieces of text are joined up to so many characters; 0: never. */
  mergeLength: number;
}

/** Events that were read at once. */
export interface LogBatch {
  /** In order; never none. */
  readonly events: readonly TaskEvent[];
  /** The number of the last one. */
  readonly last: number;
  /** What they take up in the log. */
  readonly bytes: number;
}

/**
 * The numbered events of one task.
 *
 * Numbers begin at 1 and grow by 1. The oldest events may be dropped, so that what is kept is
 * `first` to `last`; a number is never given twice within an epoch, and the epoch is another one
 * exactly when a log was lost.
 */
export interface EventLog {
  readonly epoch: string;
  /** The number of the oldest event kept; `last + 1` when none is. */
  readonly first: number;
  /** The number of the newest event, 0 before the first. */
  readonly last: number;
  /** When the newest event was appended, in milliseconds since the epoch; 0 before the first. */
  readonly lastMs: number;
  /** What the events kept take up. */
  readonly bytes: number;
  /** What all events up to the newest took up when they were appended, dropped ones included. */
  readonly bytesWritten: number;
  /** What all events up to this number took up; as of the oldest kept for one that is dropped. */
  bytesUpTo(seq: number): number;
  /**
   * Gives an event the next number, keeps it and then tells those who subscribed. A promise is
   * pending until the event is safe.
   *
   * @param bytes what its payload takes up, about.
   */
  append(kind: TaskEventKind, timeMs: number, bytes: number): number | Promise<number>;
  /** The events after a number; undefined when the next one is dropped or has not happened. */
  read(query: LogQuery): LogBatch | undefined | Promise<LogBatch | undefined>;
  /** Calls `listener` after every append until the returned function is called. */
  subscribe(listener: () => void): () => void;
}
