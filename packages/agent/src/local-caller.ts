import { create } from "@bufbuild/protobuf";
import type { OutgoingHandlers } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import type { SmartcallError } from "@smartcall/protocol";
import {
  type CallRequest,
  Frame_EventSchema,
  type Message,
  MessageSchema,
  type Task,
  Task_State,
  TaskSchema,
} from "@smartcall/protocol/proto";
import { agentMessage } from "./agent-message.js";
import type { Caller } from "./call-through-link.js";

/** What a call came to. */
export interface LocalAnswer {
  output: Message | undefined;
  error: SmartcallError | undefined;
}

/**
 * A caller that stands in for a gateway: `run` answers the call, or undefined where it knows no
 * such agent.
 */
export function localCaller(
  run: (
    call: CallRequest,
    message: Message,
    signal: AbortSignal,
  ) => Promise<LocalAnswer> | undefined,
): Caller {
  return {
    open({ request }, handlers) {
      const controller = new AbortController();
      if (request.case === "call") {
        void answer(
          request.value,
          handlers,
          run(request.value, messageOf(request.value), controller.signal),
        );
      }
      return {
        id: 1,
        send: () => true,
        ready: () => Promise.resolve(),
        halfClose() {},
        cancel: () => controller.abort(),
      };
    },
  };
}

async function answer(
  { agent, contextId }: CallRequest,
  handlers: OutgoingHandlers<ProtocolTypes>,
  running: Promise<LocalAnswer> | undefined,
): Promise<void> {
  const found = await running;
  if (!found) {
    const message = `There is no agent "${agent}".`;
    return handlers.close({ reason: "AGENT_NOT_FOUND", message, refused: true });
  }
  const { output, error } = found;
  const task: Task = create(TaskSchema, {
    id: "task",
    agent,
    contextId,
    state: stateOf(error),
    ...(output && { output }),
    ...(error && { error: { reason: error.reason, message: error.message } }),
  });
  const kind = { case: "snapshot" as const, value: { task } };
  void handlers.event(create(Frame_EventSchema, { kind: { case: "task", value: { kind } } }), 0);
  handlers.close({});
}

function stateOf(error: SmartcallError | undefined): Task_State {
  if (!error) return Task_State.COMPLETED;
  if (error.reason === "AGENT_REJECTED") return Task_State.REJECTED;
  return error.reason === "CANCELED" ? Task_State.CANCELED : Task_State.FAILED;
}

function messageOf({ input }: CallRequest): Message {
  if (input.case === "message") return input.value;
  if (input.case === undefined) return create(MessageSchema);
  return agentMessage([
    { $typeName: "smartcall.v1.Part", content: input, filename: "", mediaType: "" },
  ]);
}
