import { hash } from "node:crypto";
import { SmartcallError } from "@smartcall/protocol";
import {
  type CallRequest,
  CallRequest_OnDisconnect,
  type Message,
  Message_Role,
  type Part,
} from "@smartcall/protocol/proto";
import type { OnDisconnect } from "../tasks/on-disconnect.js";
import type { TaskDraft } from "../tasks/task-draft.js";
import type { Idempotency } from "../tasks/task-store.js";
import type { GatewayCall } from "./gateway-call.js";

/** The deepest chain of agents that call agents. */
const maxHops = 8;

/** A call's request as the task it is to become. */
export function draftFrom(request: CallRequest, call: GatewayCall): TaskDraft {
  const { message, bytes } = messageFrom(request.input);
  return {
    agent: request.agent,
    message,
    contextId: request.contextId || message.contextId,
    metadata: request.metadata,
    deadline: call.deadline,
    traceparent: call.header("traceparent") ?? "",
    hops: hopsOf(call),
    bytes: bytes + (request.metadata ? JSON.stringify(request.metadata).length : 0),
  };
}

/** What a request wants to become of its task when its callers go away. */
export function onDisconnectFrom(request: CallRequest, byDefault: OnDisconnect): OnDisconnect {
  switch (request.onDisconnect) {
    case CallRequest_OnDisconnect.CONTINUE:
      return "continue";
    case CallRequest_OnDisconnect.CANCEL:
      return "cancel";
    case CallRequest_OnDisconnect.CANCEL_AFTER_GRACE:
      return "cancel-after-grace";
    default:
      return byDefault;
  }
}

/** The whole message of a request that may have said it in short, and about how large it is. */
export function messageFrom(input: CallRequest["input"]): { message: Message; bytes: number } {
  switch (input.case) {
    case "message": {
      const message = input.value;
      if (message.role === Message_Role.UNSPECIFIED) message.role = Message_Role.USER;
      return { message, bytes: sizeOf(message) };
    }
    case "text":
    case "data": {
      const message = userMessage(input);
      return { message, bytes: sizeOf(message) };
    }
    case undefined:
      throw new SmartcallError({ reason: "INVALID_ARGUMENT", message: "input: expected one" });
  }
}

/**
 * What `Idempotency-Key` says, with the request's fingerprint.
 *
 * @throws {SmartcallError} `INVALID_ARGUMENT` when the key is empty or longer than 255 characters.
 */
export function idempotencyFrom(request: CallRequest, call: GatewayCall): Idempotency | undefined {
  const header = call.header("idempotency-key");
  if (header === undefined) return undefined;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (key.length === 0 || key.length > 255) {
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: "Idempotency-Key: expected 1 to 255 characters",
      errors: [{ pointer: "#/header/Idempotency-Key", detail: "expected 1 to 255 characters" }],
    });
  }
  return { key, fingerprint: fingerprintOf(request) };
}

/**
 * Equal for requests that have the same run, however they came and in whatever order their fields were
 * written. What becomes of the task without its callers is no part of what is run.
 */
function fingerprintOf({ onDisconnect: _, ...request }: CallRequest): string {
  return hash("sha256", JSON.stringify(request, inOrder), "base64url");
}

/** What JSON says of a value of a message, with its fields by name. */
function inOrder(_name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A message of one part. Literals, since `create` costs several times as much. */
function userMessage(content: Part["content"]): Message {
  return {
    $typeName: "smartcall.v1.Message",
    messageId: "",
    contextId: "",
    taskId: "",
    role: Message_Role.USER,
    parts: [{ $typeName: "smartcall.v1.Part", content, filename: "", mediaType: "" }],
    extensions: [],
    referenceTaskIds: [],
  };
}

/** What a message takes up, about: what is not text or bytes is measured as JSON. */
function sizeOf(message: Message): number {
  let bytes = message.metadata ? JSON.stringify(message.metadata).length : 0;
  for (const { content, metadata } of message.parts) {
    bytes +=
      content.case === "data" ? JSON.stringify(content.value).length : (content.value?.length ?? 0);
    if (metadata) bytes += JSON.stringify(metadata).length;
  }
  return bytes;
}

/** How many agents have called one another to come here; a loop ends at 8. */
function hopsOf(call: GatewayCall): number {
  const hops = Number(call.header("smartcall-hops") ?? 0);
  if (!Number.isInteger(hops) || hops < 0 || hops > maxHops) {
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: `agents have called one another more than ${maxHops} times; is there a loop?`,
    });
  }
  return hops;
}
