import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { allReasons, type Reason, SmartcallError } from "@smartcall/protocol";
import {
  Frame_AuthenticateSchema,
  Frame_CapacitySchema,
  Frame_EventSchema,
  Frame_OpenSchema,
  Frame_ReadySchema,
  Frame_RegisterSchema,
  FrameSchema,
  LinkPacketSchema,
  MessageSchema,
  type Frame as WireFrame,
} from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { messageArbitrary } from "../../test/message-arbitrary.js";
import type { Frame } from "../types.js";
import { createProtobufCodec } from "./create-protobuf-codec.js";
import type { ProtocolTypes } from "./protocol-types.js";

const codec = createProtobufCodec();
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const exchange = fc.integer({ min: 1, max: 0xffff_ffff });
const text = fc.string({ unit: "grapheme", maxLength: 40 });
const reason = fc.constantFrom(...allReasons);

/** The same frame as this package's object and as the generated message. */
interface Both {
  frame: Frame<ProtocolTypes>;
  wire: WireFrame;
}

function both(frame: Frame<ProtocolTypes>, body: WireFrame["body"]): Both {
  const exchange = "exchange" in frame ? frame.exchange : 0;
  return { frame, wire: create(FrameSchema, { exchange, body }) };
}

const frames: fc.Arbitrary<Both> = fc.oneof(
  fc
    .record({
      version: uint32,
      implementation: text,
      windowBytes: uint32,
      token: text,
      instanceId: text,
    })
    .map((hello) =>
      both(
        { kind: "hello", hello },
        create(FrameSchema, { body: { case: "hello", value: hello } }).body,
      ),
    ),
  messageArbitrary(Frame_RegisterSchema).map((value) =>
    both({ kind: "control", control: { case: "register", value } }, { case: "register", value }),
  ),
  messageArbitrary(Frame_ReadySchema).map((value) =>
    both({ kind: "control", control: { case: "ready", value } }, { case: "ready", value }),
  ),
  messageArbitrary(Frame_CapacitySchema).map((value) =>
    both({ kind: "control", control: { case: "capacity", value } }, { case: "capacity", value }),
  ),
  text.map((value) => both({ kind: "drain", reason: value }, body("drain", { reason: value }))),
  messageArbitrary(Frame_AuthenticateSchema).map((value) =>
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
    .tuple(exchange, messageArbitrary(Frame_OpenSchema))
    .map(([exchange, open]) =>
      both(
        { kind: "open", exchange, open, halfClose: open.halfClose },
        { case: "open", value: open },
      ),
    ),
  fc
    .tuple(exchange, messageArbitrary(MessageSchema))
    .map(([exchange, message]) =>
      both({ kind: "message", exchange, message }, { case: "message", value: message }),
    ),
  fc
    .tuple(exchange, messageArbitrary(Frame_EventSchema))
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

function body(name: NonNullable<WireFrame["body"]["case"]>, value: object): WireFrame["body"] {
  return create(FrameSchema, { body: { case: name, value } as never }).body;
}

test("frames are written as the generated code reads them", () => {
  fc.assert(
    fc.property(fc.array(frames, { maxLength: 5 }), (list) => {
      const packet = codec.pack(list.map(({ frame }) => codec.encode(frame)));
      expect(fromBinary(LinkPacketSchema, packet).frames).toEqual(list.map(({ wire }) => wire));
    }),
    { numRuns: 500 },
  );
});

test("frames are read as the generated code writes them, with the length that encode gives", () => {
  fc.assert(
    fc.property(fc.array(frames, { maxLength: 5 }), (list) => {
      const wire = create(LinkPacketSchema, { frames: list.map(({ wire }) => wire) });
      const read = [...codec.unpack(toBinary(LinkPacketSchema, wire))];
      expect(read).toEqual(list.map(({ frame }) => ({ frame, bytes: codec.encode(frame).length })));
    }),
    { numRuns: 500 },
  );
});

test("the exchange's half-close overrules that of the message", () => {
  for (const halfClose of [true, false]) {
    const open = create(Frame_OpenSchema, { halfClose: !halfClose, timeoutMs: 7 });
    const [read] = codec.unpack(codec.encode({ kind: "open", exchange: 1, open, halfClose }));
    expect(read?.frame).toMatchObject({ halfClose, open: { halfClose, timeoutMs: 7 } });
  }
});

test("a frame that this version does not know is passed over", () => {
  const unknown = Uint8Array.from([0x0a, 0x05, 0x08, 0x01, 0xfa, 0x07, 0x00]);
  const ping = codec.encode({ kind: "ping", nonce: 9 });
  expect([...codec.unpack(Buffer.concat([unknown, ping]))]).toEqual([
    { frame: { kind: "ping", nonce: 9 }, bytes: ping.length },
  ]);
});

test("a frame whose body comes in pieces is read as the generated code reads it", () => {
  // Exchange 1, twice an open: a half-close, then a timeout.
  const frame = [0x08, 0x01, 0x42, 0x02, 0x18, 0x01, 0x42, 0x02, 0x28, 0x07];
  const packet = Uint8Array.from([0x0a, frame.length, ...frame]);
  const [read] = codec.unpack(packet);
  expect(read).toMatchObject({
    bytes: packet.length,
    frame: { kind: "open", exchange: 1, halfClose: true, open: { timeoutMs: 7 } },
  });
});

test("a reason that this version does not know is INTERNAL", () => {
  const frame = create(FrameSchema, {
    exchange: 1,
    body: body("close", { reason: "FROM_THE_FUTURE" as Reason }),
  });
  const [read] = codec.unpack(
    toBinary(LinkPacketSchema, create(LinkPacketSchema, { frames: [frame] })),
  );
  expect(read?.frame).toMatchObject({ kind: "close", outcome: { reason: "INTERNAL" } });
});

test("bytes that are no packet are LINK_BROKEN and nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        for (const { frame } of codec.unpack(bytes)) expect(frame.kind).toBeTypeOf("string");
      } catch (error) {
        expect(error).toBeInstanceOf(SmartcallError);
        expect((error as SmartcallError).reason).toBe("LINK_BROKEN");
      }
    }),
    { numRuns: 2_000 },
  );
  expect(() => codec.unpack(Uint8Array.from([0x0a, 0x7f, 0x08]))).toThrow(
    expect.objectContaining({ reason: "LINK_BROKEN" }),
  );
});
