import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { Frame_OpenSchema, FrameSchema, LinkPacketSchema } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { frameArbitrary } from "../../test/frame-arbitrary.js";
import { createProtobufCodec } from "./create-protobuf-codec.js";

const codec = createProtobufCodec();
const frames = frameArbitrary();

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
    body: { case: "close", value: { reason: "FROM_THE_FUTURE" } },
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
