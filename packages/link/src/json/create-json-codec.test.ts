import { fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { FrameSchema } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { frameArbitrary } from "../../test/frame-arbitrary.js";
import type { Frame } from "../types.js";
import { createJsonCodec } from "./create-json-codec.js";
import type { JsonTypes } from "./json-types.js";

const codec = createJsonCodec();
const decoder = new TextDecoder();
const encoder = new TextEncoder();

function read(...frames: readonly JsonValue[]) {
  return [...codec.unpack(JSON.stringify({ frames }))];
}

test("frames mean in JSON what they mean in protobuf, both ways", () => {
  fc.assert(
    fc.property(frameArbitrary("json"), fc.boolean(), ({ frame, wire }, alwaysEmitImplicit) => {
      const json = toJson(FrameSchema, wire, { alwaysEmitImplicit });
      const [first] = read(json);
      if (first === undefined) throw new Error("The frame was passed over.");
      switch (frame.kind) {
        case "open":
        case "message":
        case "event":
        case "control":
          expect(first.frame.kind).toBe(frame.kind);
          break;
        default:
          expect(first.frame).toEqual(frame);
      }
      const written: JsonValue = JSON.parse(decoder.decode(codec.encode(first.frame)));
      expect(fromJson(FrameSchema, written)).toEqual(wire);
    }),
    { numRuns: 1_000 },
  );
});

test("a frame costs the reader what it costs the writer", () => {
  fc.assert(
    fc.property(
      fc.array(frameArbitrary("json"), { maxLength: 5 }),
      fc.boolean(),
      (list, asText) => {
        const frames = list.flatMap(({ wire }) => read(toJson(FrameSchema, wire)));
        const encoded = frames.map(({ frame }) => codec.encode(frame));
        const packet = codec.pack(encoded);
        expect([...codec.unpack(asText ? decoder.decode(packet) : packet)]).toEqual(
          frames.map(({ frame }, index) => ({ frame, bytes: encoded[index]?.length })),
        );
      },
    ),
  );
});

test.each<{ name: string; frame: Frame<JsonTypes>; want: string }>([
  {
    name: "a hello, without what is empty",
    frame: {
      kind: "hello",
      hello: {
        version: 1,
        implementation: "a/1",
        windowBytes: 9,
        maxFrameBytes: 0,
        token: "",
        instanceId: "",
      },
    },
    want: '{"hello":{"version":1,"implementation":"a/1","windowBytes":9}}',
  },
  {
    name: "a call with its events, half-closed",
    frame: {
      kind: "open",
      exchange: 1,
      open: { stream: { agent: "echo", text: "hi" }, headers: { "idempotency-key": "k" } },
      halfClose: true,
    },
    want: '{"exchange":1,"open":{"stream":{"agent":"echo","text":"hi"},"headers":{"idempotency-key":"k"},"halfClose":true}}',
  },
  {
    name: "a watch",
    frame: {
      kind: "open",
      exchange: 3,
      open: { watch: { task: "t", after: "e.4", onGap: "SNAPSHOT" } },
      halfClose: false,
    },
    want: '{"exchange":3,"open":{"watch":{"task":"t","after":"e.4","onGap":"SNAPSHOT"}}}',
  },
  { name: "a ping", frame: { kind: "ping", nonce: 1 }, want: '{"ping":{"nonce":1}}' },
  {
    name: "a fresh credential",
    frame: { kind: "control", control: { authenticate: { token: "x" } } },
    want: '{"authenticate":{"token":"x"}}',
  },
  {
    name: "a good close",
    frame: { kind: "close", exchange: 1, events: 2, outcome: {} },
    want: '{"exchange":1,"close":{"events":2}}',
  },
])("$name reads $want", ({ frame, want }) => {
  expect(decoder.decode(codec.encode(frame))).toBe(want);
  expect(read(JSON.parse(want))).toMatchObject([{ bytes: want.length, frame }]);
});

test("frames and fields that this version does not know are passed over", () => {
  const ping = { ping: { nonce: 9, colour: "red" }, later: [1] };
  expect(read({ exchange: 1, tomorrow: {} }, {}, { ping: null, exchange: null }, ping)).toEqual([
    { frame: { kind: "ping", nonce: 9 }, bytes: JSON.stringify(ping).length },
  ]);
});

test("a reason that this version does not know is INTERNAL", () => {
  expect(read({ exchange: 1, close: { reason: "FROM_THE_FUTURE" } })).toMatchObject([
    { frame: { outcome: { reason: "INTERNAL" } } },
  ]);
});

test("a key named __proto__ is dropped however it is written, and reaches no prototype", () => {
  for (const key of ["__proto__", "\\u005f_proto__", "__pr\\u006fto__"]) {
    const [first] = codec.unpack(
      `{"frames":[{"exchange":1,"event":{"task":{"${key}":{"polluted":1},"taskId":"\\u0041"}}}]}`,
    );
    const frame = first?.frame;
    const event = frame?.kind === "event" ? frame.event : undefined;
    expect(event).toEqual({ task: { taskId: "A" } });
    expect(Object.keys(Object.assign({}, event?.task))).toEqual(["taskId"]);
    expect(event?.task).not.toHaveProperty("polluted");
  }
});

test.each([
  { frame: { hello: 1 }, place: "frames[0].hello is to be an object" },
  { frame: { hello: { version: "1" } }, place: "frames[0].hello.version is to be a number" },
  { frame: { ping: { nonce: 0.5 } }, place: "frames[0].ping.nonce is to be a number" },
  { frame: { ping: { nonce: -1 } }, place: "frames[0].ping.nonce is to be a number" },
  { frame: { exchange: 2 ** 32, halfClose: {} }, place: "frames[0].exchange is to be a number" },
  { frame: { drain: { reason: 1 } }, place: "frames[0].drain.reason is to be a string" },
  { frame: { open: { halfClose: 1 } }, place: "frames[0].open.halfClose is to be true or false" },
  { frame: { close: { details: [] } }, place: "frames[0].close.details is to be an object" },
  { frame: { event: [] }, place: "frames[0].event is to be an object" },
  { frame: { ping: {}, pong: {} }, place: "frames[0].pong is to be the frame's only body" },
])("$frame is refused: $place", ({ frame, place }) => {
  expect(() => codec.unpack(JSON.stringify({ frames: [frame] }))).toThrow(
    expect.objectContaining({ reason: "LINK_BROKEN", message: expect.stringContaining(place) }),
  );
});

test("a frame that is no JSON is LINK_BROKEN and named", () => {
  expect(() => codec.unpack('{"frames":[{},{"ping":tru}]}')).toThrow(
    expect.objectContaining({
      reason: "LINK_BROKEN",
      message: "A packet could not be read: frames[1] is no JSON.",
    }),
  );
});

test("what a gateway takes in a body of 64 levels is not too deep in an event", () => {
  const metadata = `${'{"a":'.repeat(62)}{}${"}".repeat(62)}`;
  const frame = `{"exchange":1,"event":{"task":{"snapshot":{"task":{"metadata":${metadata}}}}}}`;
  expect(codec.unpack(`{"frames":[${frame}]}`)).toHaveLength(1);
});

test("any bytes at all are frames or LINK_BROKEN", () => {
  const packet = encoder.encode(
    '{"frames":[{"hello":{"version":1}},{"exchange":1,"event":{"task":{"outputDelta":{"text":"é\\""}}}}]}',
  );
  fc.assert(
    fc.property(fc.nat({ max: packet.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
      const garbled = packet.with(at, byte);
      try {
        for (const { frame } of codec.unpack(garbled)) expect(frame.kind).toBeTypeOf("string");
      } catch (error) {
        expect(error).toMatchObject({ reason: "LINK_BROKEN" });
      }
    }),
    { numRuns: 3_000 },
  );
});
