import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryReader } from "@bufbuild/protobuf/wire";
import {
  Frame_CloseSchema,
  Frame_EventSchema,
  Frame_OpenSchema,
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
import { decodeFrame } from "./decode-frame.js";
import { packetTag } from "./frame-fields.js";
import type { ProtocolTypes } from "./protocol-types.js";
import { readHot } from "./read-hot.js";
import { WireReader } from "./wire-reader.js";

const codec = createProtobufCodec();

const body = fc.oneof(
  messageArbitrary(Frame_OpenSchema).map((value) => ({ case: "open", value }) as const),
  messageArbitrary(MessageSchema).map((value) => ({ case: "message", value }) as const),
  messageArbitrary(Frame_EventSchema).map((value) => ({ case: "event", value }) as const),
  messageArbitrary(Frame_CloseSchema).map((value) => ({ case: "close", value }) as const),
);
const packet = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 0xffff_ffff }), body), { maxLength: 3 })
  .map((frames) => toPacket(...frames));

function toPacket(...frames: [exchange: number, body: WireFrame["body"]][]): Uint8Array {
  return toBinary(
    LinkPacketSchema,
    create(LinkPacketSchema, {
      frames: frames.map(([exchange, body]) => create(FrameSchema, { exchange, body })),
    }),
  );
}

/** Reads a packet by the generated code alone. */
function unpackGenerated(bytes: Uint8Array): { frame: Frame<ProtocolTypes>; bytes: number }[] {
  const reader = new BinaryReader(bytes);
  const frames: { frame: Frame<ProtocolTypes>; bytes: number }[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    if (tag === packetTag) {
      const frame = decodeFrame(reader.bytes());
      if (frame) frames.push({ frame, bytes: reader.pos - start });
    } else reader.skip(tag & 7, tag >>> 3);
  }
  return frames;
}

function outcomeOf<T>(read: () => T): T | "refused" {
  try {
    return read();
  } catch {
    return "refused";
  }
}

function expectSame(bytes: Uint8Array): void {
  const wanted = outcomeOf(() => unpackGenerated(bytes));
  expect(outcomeOf(() => [...codec.unpack(bytes)])).toStrictEqual(wanted);
}

test("packets are read as the generated code reads them", () => {
  fc.assert(fc.property(packet, expectSame), { numRuns: 500 });
});

test("packets that were damaged are read, or refused, as by the generated code", () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(packet, damage, fc.nat({ max: 3 }), (bytes, changes, cut) => {
      const damaged = bytes.slice(0, Math.max(0, bytes.length - cut));
      for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
      expectSame(damaged);
    }),
    { numRuns: 2_000 },
  );
});

test("a call is read by hand, whatever its text", () => {
  const metadata = { a: "1", b: [1.5, null, { c: true }], "2": {} };
  const part = { content: { case: "text", value: "é".repeat(300) } } as const;
  const message = create(MessageSchema, { messageId: "m", role: 1, parts: [part, part], metadata });
  const bodies: WireFrame["body"][] = [
    { case: "message", value: message },
    {
      case: "open",
      value: create(Frame_OpenSchema, {
        timeoutMs: 60_000,
        request: { case: "execute", value: { taskId: "t", message, metadata } },
      }),
    },
    {
      case: "event",
      value: create(Frame_EventSchema, {
        kind: { case: "agent", value: { kind: { case: "outputCompleted", value: { message } } } },
      }),
    },
    { case: "close", value: create(Frame_CloseSchema, { events: 300 }) },
  ];
  for (const body of bodies) {
    const bytes = toPacket([0xffff_ffff, body]);
    expect(readHot(new WireReader(bytes), bytes.length)?.kind).toBe(body.case);
    expectSame(bytes);
  }
});

test.each([
  { name: "a message in two pieces", bytes: [0x22, 1, 0x0a, 0, 0x22, 3, 0x0a, 1, 0x61] },
  { name: "an unknown field", bytes: [0x0a, 1, 0x61, 0xfa, 0x07, 1, 0x2a] },
  { name: "a length beyond the end", bytes: [0x0a, 9, 0x61] },
  { name: "a number of ten bytes", bytes: [0x28, ...Array<number>(9).fill(0xff), 1] },
  { name: "a text that is no UTF-8", bytes: [0x0a, 2, 0xc3, 0x28] },
  { name: "a group", bytes: [0x0b, 0x0c] },
])("an attempt with $name is left to the generated code", ({ bytes }) => {
  const open = [0x0a, bytes.length, ...bytes];
  const frame = [0x08, 2, 0x42, open.length, ...open];
  expectSame(Uint8Array.from([packetTag, frame.length, ...frame]));
});
