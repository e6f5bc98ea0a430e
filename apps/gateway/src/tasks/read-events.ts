import { create } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import { parseCursor, SmartcallError } from "@smartcall/protocol";
import {
  Task_State,
  type TaskEvent,
  TaskEvent_End_Reason,
  TaskEventSchema,
} from "@smartcall/protocol/proto";
import type { TaskRecord } from "./task-record.js";

/**
 * A task's events after a cursor, those that were and those to come, and `end` as the last.
 *
 * Waits without polling. Aborting `signal` ends it at once, without an `end`.
 *
 * @param after `epoch.seq`; from the first event when empty.
 * @throws {SmartcallError} `CURSOR_EXPIRED` when the cursor is of another epoch or beyond the log,
 *   `INVALID_ARGUMENT` when it is no cursor.
 */
export async function* readEvents(
  record: TaskRecord,
  after: string,
  signal: AbortSignal,
): AsyncIterable<TaskEvent> {
  let seq = startOf(record, after);
  while (!signal.aborted) {
    const event = record.event(seq + 1);
    if (event) {
      seq++;
      yield event;
    } else if (record.ended) {
      yield end(record, TaskEvent_End_Reason.TERMINAL);
      return;
    } else if (isWaiting(record)) {
      yield end(record, TaskEvent_End_Reason.INTERRUPTED);
      return;
    } else {
      await changed(record, signal);
    }
  }
}

/** Resolves at the next append, or when the signal is aborted. */
function changed(record: TaskRecord, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      unsubscribe();
      signal.removeEventListener("abort", done);
      resolve();
    }
    const unsubscribe = record.subscribe(done);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done, { once: true });
  });
}

function isWaiting({ task }: TaskRecord): boolean {
  return task.state === Task_State.INPUT_REQUIRED || task.state === Task_State.AUTH_REQUIRED;
}

function startOf(record: TaskRecord, after: string): number {
  if (after === "") return 0;
  const cursor = parseCursor(after);
  if (!cursor) {
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: "the cursor is none: expected epoch.seq",
      errors: [
        { pointer: "#/query/after", detail: "expected epoch.seq, as an event's cursor has it" },
      ],
    });
  }
  if (cursor.epoch !== record.epoch || cursor.seq > record.length) {
    throw new SmartcallError({ reason: "CURSOR_EXPIRED" });
  }
  return cursor.seq;
}

function end(record: TaskRecord, reason: TaskEvent_End_Reason): TaskEvent {
  return create(TaskEventSchema, {
    taskId: record.task.id,
    cursor: record.cursor,
    time: timestampNow(),
    kind: { case: "end", value: { reason } },
  });
}
