import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type AgentEvent,
  AgentEventSchema,
  type ArtifactSchema,
  type TaskEvent_ToolCallSchema,
  type UsageSchema,
} from "@smartcall/protocol/proto";

/** An event to yield: an artifact, or with `append` a further piece of one. */
export function artifact(
  init: MessageInitShape<typeof ArtifactSchema>,
  { append = false, lastChunk = !append }: { append?: boolean; lastChunk?: boolean } = {},
): AgentEvent {
  return create(AgentEventSchema, {
    kind: { case: "artifact", value: { artifact: init, append, lastChunk } },
  });
}

/** An event to yield: how far the agent is, from 0 to 1, and what it is doing. */
export function progress(fraction: number, message = ""): AgentEvent {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new RangeError(`progress is from 0 to 1, not ${fraction}`);
  }
  return create(AgentEventSchema, { kind: { case: "progress", value: { fraction, message } } });
}

/** An event to yield: what the call has used up so far, in all. */
export function usage(init: MessageInitShape<typeof UsageSchema>): AgentEvent {
  return create(AgentEventSchema, { kind: { case: "usage", value: init } });
}

/** An event to yield: a tool that is called, and again with the same `callId` what came of it. */
export function toolCall(init: MessageInitShape<typeof TaskEvent_ToolCallSchema>): AgentEvent {
  return create(AgentEventSchema, { kind: { case: "toolCall", value: init } });
}
