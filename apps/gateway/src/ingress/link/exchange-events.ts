import type { Message } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import type { SmartcallError } from "@smartcall/protocol";
import type {
  Frame_Event,
  RegistryEvent,
  Task,
  TaskEvent,
  TaskEvent_End_Reason,
} from "@smartcall/protocol/proto";

/** Where a reader of a task's events is. */
export interface Place {
  taskId: string;
  cursor: string;
}

/** What a stream says, as an event of an exchange. Literals, since `create` costs several times as much. */
export function eventFrom(message: Message): Frame_Event {
  return message.$typeName === "smartcall.v1.TaskEvent"
    ? toEvent({ case: "task", value: message as TaskEvent })
    : toEvent({ case: "registry", value: message as RegistryEvent });
}

/** A task as the one event that answers a call. */
export function snapshotEvent(task: Task): Frame_Event {
  const place = { taskId: task.id, cursor: task.cursor };
  const value = { $typeName: "smartcall.v1.TaskEvent.Snapshot" as const, task };
  return taskEvent(place, { case: "snapshot", value });
}

/** Why a message was not taken, which the stream outlives. */
export function errorEvent(place: Place, error: SmartcallError, messageId: string): Frame_Event {
  const { reason, message, retryable } = error;
  const $typeName = "smartcall.v1.TaskError" as const;
  const value = { $typeName, reason, message, retryable, ...(messageId && { messageId }) };
  return taskEvent(place, { case: "error", value });
}

/** The end of a stream whose task goes on. */
export function endEvent(place: Place, reason: TaskEvent_End_Reason): Frame_Event {
  return taskEvent(place, {
    case: "end",
    value: { $typeName: "smartcall.v1.TaskEvent.End", reason },
  });
}

function taskEvent(place: Place, kind: TaskEvent["kind"]): Frame_Event {
  const { taskId, cursor } = place;
  return toEvent({
    case: "task",
    value: { $typeName: "smartcall.v1.TaskEvent", taskId, cursor, time: timestampNow(), kind },
  });
}

function toEvent(kind: Frame_Event["kind"]): Frame_Event {
  return { $typeName: "smartcall.v1.Frame.Event", kind };
}
