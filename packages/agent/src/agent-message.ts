import { type Message, Message_Role, type Part } from "@smartcall/protocol/proto";
import { dataPart, textPart } from "./parts.js";

/** A message that the agent says, of these parts. */
export function agentMessage(parts: Part[]): Message {
  return {
    $typeName: "smartcall.v1.Message",
    messageId: "",
    contextId: "",
    taskId: "",
    role: Message_Role.AGENT,
    parts,
    extensions: [],
    referenceTaskIds: [],
  };
}

/**
 * The message of whatever a run answers with: a message as it is, parts and text as a message of
 * them, any other value as a part of data.
 *
 * @throws {TypeError} when JSON cannot say the value.
 */
export function agentMessageFrom(value: unknown): Message {
  if (typeof value === "string") return agentMessage([textPart(value)]);
  if (isMessage(value)) return value;
  if (isParts(value)) return agentMessage(value);
  return agentMessage([dataPart(value)]);
}

export function isMessage(value: unknown): value is Message {
  return typeName(value) === "smartcall.v1.Message";
}

function isParts(value: unknown): value is Part[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPart);
}

function isPart(value: unknown): value is Part {
  return typeName(value) === "smartcall.v1.Part";
}

function typeName(value: unknown): unknown {
  return typeof value === "object" && value !== null && "$typeName" in value
    ? value.$typeName
    : undefined;
}
