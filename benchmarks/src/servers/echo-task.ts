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
  const parts = [{ content: { case: "text", value: text } as const }];
  const id = randomUUID();
  const contextId = randomUUID();
  const time = timestampNow();
  return create(TaskSchema, {
    id,
    agent: request.agent,
    contextId,
    state: Task_State.COMPLETED,
    input: { messageId: randomUUID(), contextId, taskId: id, role: Message_Role.USER, parts },
    output: { role: Message_Role.AGENT, parts },
    attempts: 1,
    cursor: "00000000.3",
    ...(request.metadata && { metadata: request.metadata }),
    createTime: time,
    updateTime: time,
  });
}
