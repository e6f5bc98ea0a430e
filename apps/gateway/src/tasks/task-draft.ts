import type { JsonObject } from "@bufbuild/protobuf";
import { type Message, type Task, Task_State } from "@smartcall/protocol/proto";
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

/** The id of a caller's message that has none of its own. */
export function inputIdOf(taskId: string): string {
  return `${taskId}-0`;
}

/**
 * A new task: SUBMITTED, with an id that sorts by time. A conversation that begins with it has its
 * id too, and so has the caller's message, with a `-0` behind it.
 */
export function createTask(
  draft: Pick<TaskDraft, "agent" | "message" | "contextId" | "metadata"> & { id?: string },
): Task {
  const id = draft.id ?? createId();
  const contextId = draft.contextId || id;
  draft.message.taskId = id;
  draft.message.contextId = contextId;
  draft.message.messageId ||= inputIdOf(id);
  // A literal: `create` costs several times as much, and this is done for every call.
  return {
    $typeName: "smartcall.v1.Task",
    id,
    agent: draft.agent,
    contextId,
    state: Task_State.SUBMITTED,
    input: draft.message,
    artifacts: [],
    attempts: 0,
    cursor: "",
    ...(draft.metadata && { metadata: draft.metadata }),
  };
}
