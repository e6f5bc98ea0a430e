import { create, type JsonObject } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Message, type Task, Task_State, TaskSchema } from "@smartcall/protocol/proto";
import { v7 as createId } from "uuid";

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

/** A new task: SUBMITTED, with an id that sorts by time (UUID v7, RFC 9562). */
export function createTask(draft: TaskDraft, nowMs: number): Task {
  const id = createId();
  const contextId = draft.contextId || createId();
  const time = timestampFromMs(nowMs);
  draft.message.taskId = id;
  draft.message.contextId = contextId;
  draft.message.messageId ||= createId();
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
