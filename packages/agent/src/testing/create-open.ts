import { create, type JsonValue, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type ExecuteRequestSchema,
  type Frame_Open,
  Frame_OpenSchema,
  type Message,
  Message_Role,
  MessageSchema,
} from "@smartcall/protocol/proto";
import { dataPart, textPart } from "../parts.js";

/** What an attempt of a test says. */
export interface OpenInit {
  agent: string;
  text?: string;
  data?: JsonValue;
  request?: MessageInitShape<typeof ExecuteRequestSchema>;
  halfClose?: boolean;
  timeoutMs?: number;
}

/** The open of an attempt, as a gateway sends it. */
export function createOpen({ agent, text, data, request, ...rest }: OpenInit): Frame_Open {
  return create(Frame_OpenSchema, {
    request: {
      case: "execute",
      value: {
        taskId: "task-1",
        contextId: "context-1",
        agent,
        attempt: 1,
        message: userMessage(data === undefined ? (text ?? "") : { data }),
        ...request,
      },
    },
    ...rest,
  });
}

/** A message of the caller: text, or one part of data. */
export function userMessage(said: string | { data: JsonValue }): Message {
  return create(MessageSchema, {
    role: Message_Role.USER,
    parts: [typeof said === "string" ? textPart(said) : dataPart(said.data)],
  });
}
