import { create, type JsonObject } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Message, type Task, Task_State, TaskSchema } from "@smartcall/protocol/proto";
import { createId } from "./create-id.js";

/** A call that is to become a task. */
export interface TaskDraft {
  agent: string;
  message: Message;
  /** Empty: a new conversation. */
  contextId: string;
  metadata: JsonObject | undefined;
  /** Milliseconds since the epoch. */
  deadline: number | undefined;
  traceparent: string;
  hops: number;
  /** What the message takes up, about. */
  bytes: number;
}

/**
 * A new task: SUBMITTED, with an id that sorts by time. A conversation that begins with it has its
 * id too, and so has the caller's message, with a `-0` behind it.
 */
export function createTask(draft: TaskDraft, nowMs: number): Task {
  const id = createId();
  const contextId = draft.contextId || id;
  const time = timestampFromMs(nowMs);
  draft.message.taskId = id;
  draft.message.contextId = contextId;
  draft.message.messageId ||= `${id}-0`;
  return create(TaskSchema, {
    id,
    agent: draft.agent,
    contextId,
    state: Task_State.SUBMITTED,
    input: draft.message,
    createTime: time,
    updateTime: time,
    ...(draft.metadata && { metadata: draft.metadata }),
  });
}
