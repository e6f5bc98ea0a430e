import {
  create,
  type DescMessage,
  type JsonObject,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import {
  Frame_AuthenticateSchema,
  Frame_CapacitySchema,
  Frame_CloseSchema,
  Frame_ClosingSchema,
  Frame_EventSchema,
  Frame_HelloSchema,
  Frame_OpenSchema,
  Frame_ReadySchema,
  Frame_RegisterSchema,
  MessageSchema,
} from "@smartcall/protocol/proto";
import type { Frame, Outcome } from "../types.js";
import { exchangeTag, field, packetTag } from "./frame-fields.js";
import type { ProtocolTypes } from "./protocol-types.js";
import { ScratchWriter } from "./scratch-writer.js";
import { writeClose, writeEvent, writeMessage, writeOpen } from "./write-hot.js";

const empty = new Uint8Array(0);

/** Writes one frame as it stands in a LinkPacket, tag and length included. */
export function encodeFrame(frame: Frame<ProtocolTypes>): Uint8Array {
  switch (frame.kind) {
    case "hello":
      return wrap(
        0,
        field.hello,
        binary(Frame_HelloSchema, create(Frame_HelloSchema, frame.hello)),
      );
    case "control":
      return encodeControl(frame.control);
    case "drain":
      return wrap(0, field.drain, texts(frame.reason));
    case "closing":
      return wrap(0, field.closing, encodeClosing(frame));
    case "ping":
      return wrap(0, field.ping, number(1, frame.nonce));
    case "pong":
      return wrap(0, field.pong, number(1, frame.nonce));
    case "open":
      return encodeHot(frame) ?? encodeOpen(frame);
    case "message":
      return encodeHot(frame) ?? encodePayload(frame, field.message, MessageSchema, frame.message);
    case "event":
      return encodeHot(frame) ?? encodePayload(frame, field.event, Frame_EventSchema, frame.event);
    case "credit":
      return wrap(frame.exchange, field.credit, number(1, frame.bytes));
    case "halfClose":
      return wrap(frame.exchange, field.halfClose, empty);
    case "close":
      return (
        encodeHot(frame) ??
        wrap(frame.exchange, field.close, encodeClose(frame.outcome, frame.events))
      );
    case "cancel": {
      const { reason, message } = frame.cancellation;
      return wrap(frame.exchange, field.cancel, texts(reason, message));
    }
  }
}

function binary<D extends DescMessage>(
  schema: D,
  message: MessageShape<D>,
): Uint8Array<ArrayBuffer> {
  return toBinary(schema, message);
}

function encodeControl(control: ProtocolTypes["control"]): Uint8Array {
  switch (control.case) {
    case "register":
      return wrap(0, field.register, binary(Frame_RegisterSchema, control.value));
    case "ready":
      return wrap(0, field.ready, binary(Frame_ReadySchema, control.value));
    case "capacity":
      return wrap(0, field.capacity, binary(Frame_CapacitySchema, control.value));
    case "authenticate":
      return wrap(0, field.authenticate, binary(Frame_AuthenticateSchema, control.value));
  }
}

/** Frames are written one at a time, each whole before anybody else can write. */
const scratch = new ScratchWriter();

/** The frames that a call consists of. */
type CallFrame = Extract<Frame<ProtocolTypes>, { kind: "open" | "message" | "event" | "close" }>;

/** A frame whose payload is one of the frequent ones; undefined when it is not. */
function encodeHot(frame: CallFrame): Uint8Array | undefined {
  scratch.reset();
  const packet = scratch.begin(1);
  scratch.uint32(1, frame.exchange);
  const body = scratch.begin(field[frame.kind]);
  if (!writeHot(frame)) return undefined;
  scratch.end(body);
  scratch.end(packet);
  return scratch.finish();
}

function writeHot(frame: CallFrame): boolean {
  switch (frame.kind) {
    case "open":
      return writeOpen(scratch, frame.open, frame.halfClose);
    case "message":
      return writeMessage(scratch, frame.message);
    case "event":
      return writeEvent(scratch, frame.event);
    case "close":
      return writeClose(scratch, frame.outcome, frame.events);
  }
}

function encodePayload<D extends DescMessage>(
  frame: { exchange: number },
  no: number,
  schema: D,
  message: MessageShape<D>,
): Uint8Array {
  return wrap(frame.exchange, no, binary(schema, message));
}

/** The exchange's own half-close counts: written last, it overrules the message's. */
function encodeOpen(frame: Frame<ProtocolTypes> & { kind: "open" }): Uint8Array {
  const open = binary(Frame_OpenSchema, frame.open);
  if (frame.open.halfClose === frame.halfClose) return wrap(frame.exchange, field.open, open);
  const overruled = new Uint8Array(open.length + 2);
  overruled.set(open);
  overruled.set([3 << 3, frame.halfClose ? 1 : 0], open.length);
  return wrap(frame.exchange, field.open, overruled);
}

function encodeClosing(frame: Frame<ProtocolTypes> & { kind: "closing" }): Uint8Array {
  const { reason, message, retryAfterMs = 0 } = frame;
  return binary(
    Frame_ClosingSchema,
    create(Frame_ClosingSchema, { reason, message, retryAfterMs }),
  );
}

function encodeClose(outcome: Outcome, events: number): Uint8Array {
  const { reason = "", message = "", refused = false, details } = outcome;
  const close = create(Frame_CloseSchema, { reason, message, events, refused });
  if (details !== undefined) close.details = details as JsonObject;
  return binary(Frame_CloseSchema, close);
}

/** A message of one unsigned number. */
function number(no: number, value: number): Uint8Array {
  return value === 0 ? empty : new BinaryWriter().tag(no, 0).uint32(value).finish();
}

/** A message of texts only, the first being field 1. */
function texts(...values: (string | undefined)[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [index, value] of values.entries()) {
    if (value) writer.tag(index + 1, 2).string(value);
  }
  return writer.finish();
}

/** Puts the frame's and the packet's tags and lengths before the body. */
function wrap(exchange: number, no: number, body: Uint8Array): Uint8Array {
  const bodyTag = (no << 3) | 2;
  const head = exchange === 0 ? 0 : 1 + varintLength(exchange);
  const inner = head + varintLength(bodyTag) + varintLength(body.length) + body.length;
  const bytes = new Uint8Array(1 + varintLength(inner) + inner);
  bytes[0] = packetTag;
  let at = writeVarint(bytes, 1, inner);
  if (exchange !== 0) {
    bytes[at] = exchangeTag;
    at = writeVarint(bytes, at + 1, exchange);
  }
  at = writeVarint(bytes, at, bodyTag);
  at = writeVarint(bytes, at, body.length);
  bytes.set(body, at);
  return bytes;
}

function varintLength(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}

/** Writes an unsigned 32-bit number; returns the place after it. */
function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 0x7f) {
    bytes[at] = (rest & 0x7f) | 0x80;
    at += 1;
    rest >>>= 7;
  }
  bytes[at] = rest;
  return at + 1;
}
