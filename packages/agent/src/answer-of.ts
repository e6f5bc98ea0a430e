import type { AgentEvent, Message } from "@smartcall/protocol/proto";
import { agentMessage } from "./agent-message.js";
import { textPart } from "./parts.js";

/**
 * The answer that events tell of: the message that completes it, or the pieces of text before it
 * when it has none; undefined when it was never completed.
 */
export function answerOf(events: readonly AgentEvent[]): Message | undefined {
  const last = events.findLast(({ kind }) => kind.case === "outputCompleted")?.kind;
  if (last?.case !== "outputCompleted") return undefined;
  if (last.value.message) return last.value.message;
  const pieces = events.map(({ kind }) => (kind.case === "outputDelta" ? kind.value.text : ""));
  return agentMessage([textPart(pieces.join(""))]);
}
