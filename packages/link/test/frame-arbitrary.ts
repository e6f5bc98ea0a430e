import { create } from "@bufbuild/protobuf";
import { allReasons } from "@smartcall/protocol";
import {
  Frame_AuthenticateSchema,
  Frame_CapacitySchema,
  Frame_EventSchema,
  Frame_OpenSchema,
  Frame_ReadySchema,
  Frame_RegisterSchema,
  FrameSchema,
  MessageSchema,
  type Frame as WireFrame,
} from "@smartcall/protocol/proto";
import fc from "fast-check";
import type { Frame } from "../src/index.js";
import type { ProtocolTypes } from "../src/protobuf.js";
import { type MessageForm, messageArbitrary } from "./message-arbitrary.js";

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const exchange = fc.integer({ min: 1, max: 0xffff_ffff });
const text = fc.string({ unit: "grapheme", maxLength: 40 });
const reason = fc.constantFrom(...allReasons);

/** The same frame as this package's object and as the generated message. */
export interface BothFrames {
  frame: Frame<ProtocolTypes>;
  wire: WireFrame;
}

function both(frame: Frame<ProtocolTypes>, body: WireFrame["body"]): BothFrames {
  const exchange = "exchange" in frame ? frame.exchange : 0;
  return { frame, wire: create(FrameSchema, { exchange, body }) };
}

/** Any frame of the contract; of the form `json` only what proto JSON can say. */
export function frameArbitrary(form: MessageForm = "any"): fc.Arbitrary<BothFrames> {
  return fc.oneof(
    fc
      .record({
        version: uint32,
        implementation: text,
        windowBytes: uint32,
        maxFrameBytes: uint32,
        token: text,
        instanceId: text,
      })
      .map((hello) =>
        both(
          { kind: "hello", hello },
          create(FrameSchema, { body: { case: "hello", value: hello } }).body,
        ),
      ),
    messageArbitrary(Frame_RegisterSchema, { form }).map((value) =>
      both({ kind: "control", control: { case: "register", value } }, { case: "register", value }),
    ),
    messageArbitrary(Frame_ReadySchema, { form }).map((value) =>
      both({ kind: "control", control: { case: "ready", value } }, { case: "ready", value }),
    ),
    messageArbitrary(Frame_CapacitySchema, { form }).map((value) =>
      both({ kind: "control", control: { case: "capacity", value } }, { case: "capacity", value }),
    ),
    text.map((value) => both({ kind: "drain", reason: value }, body("drain", { reason: value }))),
    messageArbitrary(Frame_AuthenticateSchema, { form }).map((value) =>
      both(
        { kind: "control", control: { case: "authenticate", value } },
        { case: "authenticate", value },
      ),
    ),
    fc
      .tuple(reason, text, uint32)
      .map(([reason, message, retryAfterMs]) =>
        both(
          { kind: "closing", reason, message, ...(retryAfterMs > 0 && { retryAfterMs }) },
          body("closing", { reason, message, retryAfterMs }),
        ),
      ),
    uint32.map((nonce) => both({ kind: "ping", nonce }, body("ping", { nonce }))),
    uint32.map((nonce) => both({ kind: "pong", nonce }, body("pong", { nonce }))),
    fc
      .tuple(exchange, messageArbitrary(Frame_OpenSchema, { form }))
      .map(([exchange, open]) =>
        both(
          { kind: "open", exchange, open, halfClose: open.halfClose },
          { case: "open", value: open },
        ),
      ),
    fc
      .tuple(exchange, messageArbitrary(MessageSchema, { form }))
      .map(([exchange, message]) =>
        both({ kind: "message", exchange, message }, { case: "message", value: message }),
      ),
    fc
      .tuple(exchange, messageArbitrary(Frame_EventSchema, { form }))
      .map(([exchange, event]) =>
        both({ kind: "event", exchange, event }, { case: "event", value: event }),
      ),
    fc
      .tuple(exchange, uint32)
      .map(([exchange, bytes]) =>
        both({ kind: "credit", exchange, bytes }, body("credit", { bytes })),
      ),
    exchange.map((exchange) => both({ kind: "halfClose", exchange }, body("halfClose", {}))),
    fc
      .tuple(
        exchange,
        uint32,
        fc.option(reason),
        text,
        fc.boolean(),
        fc.option(fc.dictionary(text, text, { noNullPrototype: true })),
      )
      .map(([exchange, events, reason, message, refused, details]) =>
        both(
          {
            kind: "close",
            exchange,
            events,
            outcome: {
              ...(reason && { reason }),
              ...(message && { message }),
              ...(refused && { refused }),
              ...(details && { details }),
            },
          },
          body("close", {
            reason: reason ?? "",
            message,
            events,
            refused,
            ...(details && { details }),
          }),
        ),
      ),
    fc
      .tuple(exchange, reason, text)
      .map(([exchange, reason, message]) =>
        both(
          { kind: "cancel", exchange, cancellation: { reason, ...(message && { message }) } },
          body("cancel", { reason, message }),
        ),
      ),
  );
}

function body(name: NonNullable<WireFrame["body"]["case"]>, value: object): WireFrame["body"] {
  return create(FrameSchema, { body: { case: name, value } as never }).body;
}
