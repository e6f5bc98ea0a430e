import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { SmartcallError } from "@smartcall/protocol";
import {
  Frame_AuthenticateSchema,
  Frame_CancelSchema,
  Frame_CapacitySchema,
  type Frame_Close,
  Frame_CloseSchema,
  Frame_ClosingSchema,
  Frame_CreditSchema,
  Frame_DrainSchema,
  Frame_EventSchema,
  Frame_HelloSchema,
  Frame_OpenSchema,
  Frame_PingSchema,
  Frame_PongSchema,
  Frame_ReadySchema,
  Frame_RegisterSchema,
  FrameSchema,
  MessageSchema,
} from "@smartcall/protocol/proto";
import type { Frame, Outcome } from "../types.js";
import { field } from "./frame-fields.js";
import type { ProtocolTypes } from "./protocol-types.js";

/** Reads one frame of a packet; undefined when this version does not know what it says. */
export function decodeFrame(bytes: Uint8Array): Frame<ProtocolTypes> | undefined {
  const reader = new BinaryReader(bytes);
  let exchange = 0;
  let no = 0;
  let body: Uint8Array | undefined;
  while (reader.pos < reader.len) {
    const [fieldNo, wireType] = reader.tag();
    if (fieldNo === 1 && wireType === WireType.Varint) exchange = reader.uint32();
    else if (
      fieldNo >= field.hello &&
      fieldNo <= field.authenticate &&
      wireType === WireType.LengthDelimited
    ) {
      // Protobuf lets a body come in pieces; the generated code joins them.
      if (body !== undefined) {
        return decodeFrame(toBinary(FrameSchema, fromBinary(FrameSchema, bytes)));
      }
      no = fieldNo;
      body = reader.bytes();
    } else reader.skip(wireType, fieldNo);
  }
  return body === undefined ? undefined : decodeBody(exchange, no, body);
}

function decodeBody(
  exchange: number,
  no: number,
  body: Uint8Array,
): Frame<ProtocolTypes> | undefined {
  switch (no) {
    case field.hello: {
      const { $typeName, $unknown, ...hello } = fromBinary(Frame_HelloSchema, body);
      return { kind: "hello", hello };
    }
    case field.register: {
      const value = fromBinary(Frame_RegisterSchema, body);
      return { kind: "control", control: { case: "register", value } };
    }
    case field.ready: {
      const value = fromBinary(Frame_ReadySchema, body);
      return { kind: "control", control: { case: "ready", value } };
    }
    case field.capacity: {
      const value = fromBinary(Frame_CapacitySchema, body);
      return { kind: "control", control: { case: "capacity", value } };
    }
    case field.drain:
      return { kind: "drain", reason: fromBinary(Frame_DrainSchema, body).reason };
    case field.closing: {
      const { reason, message, retryAfterMs } = fromBinary(Frame_ClosingSchema, body);
      return {
        kind: "closing",
        reason: SmartcallError.reasonFrom(reason),
        message,
        ...(retryAfterMs > 0 && { retryAfterMs }),
      };
    }
    case field.open: {
      const open = fromBinary(Frame_OpenSchema, body);
      return { kind: "open", exchange, open, halfClose: open.halfClose };
    }
    case field.message:
      return { kind: "message", exchange, message: fromBinary(MessageSchema, body) };
    case field.event:
      return { kind: "event", exchange, event: fromBinary(Frame_EventSchema, body) };
    case field.credit:
      return { kind: "credit", exchange, bytes: fromBinary(Frame_CreditSchema, body).bytes };
    case field.halfClose:
      return { kind: "halfClose", exchange };
    case field.close: {
      const close = fromBinary(Frame_CloseSchema, body);
      return { kind: "close", exchange, outcome: toOutcome(close), events: close.events };
    }
    case field.cancel: {
      const { reason, message } = fromBinary(Frame_CancelSchema, body);
      const cancellation = {
        reason: SmartcallError.reasonFrom(reason, "CANCELED"),
        ...(message && { message }),
      };
      return { kind: "cancel", exchange, cancellation };
    }
    case field.ping:
      return { kind: "ping", nonce: fromBinary(Frame_PingSchema, body).nonce };
    case field.pong:
      return { kind: "pong", nonce: fromBinary(Frame_PongSchema, body).nonce };
    case field.authenticate: {
      const value = fromBinary(Frame_AuthenticateSchema, body);
      return { kind: "control", control: { case: "authenticate", value } };
    }
    default:
      return undefined;
  }
}

function toOutcome(close: Frame_Close): Outcome {
  return {
    ...(close.reason && { reason: SmartcallError.reasonFrom(close.reason) }),
    ...(close.message && { message: close.message }),
    ...(close.refused && { refused: true }),
    ...(close.details && { details: close.details }),
  };
}
