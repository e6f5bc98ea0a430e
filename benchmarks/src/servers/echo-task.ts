import { randomUUID } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import {
  type CallRequest,
  Message_Role,
  type Task,
  Task_State,
  TaskSchema,
} from "@smartcall/protocol/proto";

/** The task that a peer's agent answers: the text of the call comes back as the output. */
export function echoTask(request: CallRequest): Task {
  const text = request.input.case === "text" ? request.input.value : "";
  const content = { case: "text", value: text } as const;
  const time = timestampNow();
  return create(TaskSchema, {
    id: randomUUID(),
    agent: request.agent,
    contextId: randomUUID(),
    state: Task_State.COMPLETED,
    input: { messageId: randomUUID(), role: Message_Role.USER, parts: [{ content }] },
    output: { messageId: randomUUID(), role: Message_Role.AGENT, parts: [{ content }] },
    attempts: 1,
    cursor: "0000000000000000.4",
    ...(request.metadata && { metadata: request.metadata }),
    createTime: time,
    updateTime: time,
  });
}
