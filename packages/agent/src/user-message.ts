import { type Message, Message_Role } from "@smartcall/protocol/proto";
import type { CallInput } from "./agent.js";
import { agentMessageFrom, isMessage } from "./agent-message.js";

/** The message that a caller says: a message as it is, text, or anything else as data. */
export function userMessageFrom(input: CallInput): Message {
  if (isMessage(input) && input.role !== Message_Role.UNSPECIFIED) return input;
  return { ...agentMessageFrom(input), role: Message_Role.USER };
}
