import fc from "fast-check";
import { expect, test } from "vitest";
import { joinJsonFrames } from "./join-json-frames.js";
import { splitJsonPacket } from "./split-json-packet.js";

const encoder = new TextEncoder();
const broken = (message = "") =>
  expect.objectContaining({ reason: "LINK_BROKEN", message: expect.stringContaining(message) });

/** Any JSON object, with quotes, backslashes, brackets, half surrogates and long text. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('"', "\\", "{", "}", "[", "]", "\n", "é", "😀", "\ud800") }),
);
const frame = fc.dictionary(text, fc.jsonValue({ maxDepth: 5, stringUnit: "binary" }), {
  noNullPrototype: true,
});
const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });

test("frames that are joined are split into the same texts and lengths", () => {
  fc.assert(
    fc.property(fc.array(frame), fc.boolean(), (frames, asText) => {
      const texts = frames.map((frame) => JSON.stringify(frame));
      const packet = joinJsonFrames(texts.map((text) => encoder.encode(text)));
      expect(splitJsonPacket(asText ? new TextDecoder().decode(packet) : packet)).toEqual(
        texts.map((text) => ({ text, bytes: encoder.encode(text).length })),
      );
      expect(JSON.parse(new TextDecoder().decode(packet))).toEqual({
        frames: texts.map((text) => JSON.parse(text)),
      });
    }),
    { numRuns: 1_000 },
  );
});

test("whatever white space the sender used, each frame costs its text as it stands there", () => {
  fc.assert(
    fc.property(
      fc.array(frame),
      fc.array(space, { minLength: 8, maxLength: 8 }),
      fc.nat({ max: 8 }),
      fc.boolean(),
      (frames, spaces, indent, asText) => {
        const [a, b, c, d, e, f, g, h] = spaces;
        const texts = frames.map((frame) => JSON.stringify(frame, undefined, indent));
        const packet = `${a}{${b}"frames"${c}:${d}[${e}${texts.join(`${f},${g}`)}${h}]${a}}${b}`;
        expect(splitJsonPacket(asText ? packet : encoder.encode(packet))).toEqual(
          texts.map((text) => ({ text, bytes: encoder.encode(text).length })),
        );
      },
    ),
    { numRuns: 1_000 },
  );
});

test("a text with half a surrogate pair costs what TextEncoder makes of it", () => {
  for (const half of ["\ud800", "\udc00", "\ud800\ud800", "\udc00\ud800", "é\ud83d😀"]) {
    const text = `{"a":"${half}"}`;
    expect(splitJsonPacket(`{"frames":[${text}]}`)).toEqual([
      { text, bytes: encoder.encode(text).length },
    ]);
  }
});

test("every part of a packet from its start is refused", () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 3 }), fc.boolean(), (frames, isPretty) => {
      const packet = JSON.stringify({ more: [1, "x"], frames }, undefined, isPretty ? 2 : 0);
      for (let end = 0; end < packet.length; end += 1) {
        expect(() => splitJsonPacket(packet.slice(0, end))).toThrow(broken("breaks off"));
      }
      const bytes = encoder.encode(packet);
      for (let end = 0; end < bytes.length; end += 1) {
        expect(() => splitJsonPacket(bytes.subarray(0, end))).toThrow(broken());
      }
    }),
    { numRuns: 50 },
  );
});

test("any text at all is split or refused", () => {
  const noise = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \nframes1é'), maxLength: 40 });
  fc.assert(
    fc.property(
      fc.oneof(
        noise,
        noise.map((text) => `{"frames":[${text}]}`),
      ),
      (packet) => {
        try {
          expect(Array.isArray(splitJsonPacket(packet))).toBe(true);
        } catch (error) {
          expect(error).toEqual(broken());
        }
      },
    ),
    { numRuns: 5_000 },
  );
});

test.each([
  { name: "no frames", packet: "{}", want: [] },
  { name: "an empty list", packet: '{"frames":[]}', want: [] },
  { name: "null, which is an absent list", packet: '{"frames":null}', want: [] },
  {
    name: "members that this version does not know",
    packet: '{"a":{"]":"}"},"b":-1.5e+3,"c":[[]],"frames":[{"d":1}],"e":null,"f":"\\""}',
    want: ['{"d":1}'],
  },
  { name: "an escaped name", packet: '{"fr\\u0061mes":[{}]}', want: ["{}"] },
  {
    name: "an escaped backslash before a quote",
    packet: '{"frames":[{"a":"\\\\"}]}',
    want: ['{"a":"\\\\"}'],
  },
])("a packet may hold $name", ({ packet, want }) => {
  expect(splitJsonPacket(packet).map(({ text }) => text)).toEqual(want);
});

test.each([
  { packet: "[]", place: "`{` is missing at character 0" },
  { packet: "\ufeff{}", place: "`{` is missing at character 0" },
  { packet: '{"frames":{}}', place: "`[` is missing at character 10" },
  { packet: '{"frames":[1]}', place: "an object is missing at character 11" },
  { packet: '{"frames":[{},]}', place: "an object is missing at character 14" },
  { packet: '{"frames":[{} {}]}', place: "`]` is missing at character 14" },
  { packet: '{"frames":[{}]} x', place: "nothing may follow at character 16" },
  { packet: '{"frames":[],"frames":[]}', place: "`frames` is there twice at character 22" },
  { packet: "{frames:[]}", place: "a string is missing at character 1" },
  { packet: '{"a":tru}', place: "no JSON before character 8" },
  { packet: '{"a":}', place: "no JSON before character 5" },
])("$packet is refused: $place", ({ packet, place }) => {
  expect(() => splitJsonPacket(packet)).toThrow(broken(place));
});

test("bytes that are not UTF-8 are refused", () => {
  const packet = Uint8Array.from([...encoder.encode('{"frames":[{"a":"'), 0xff]);
  expect(() => splitJsonPacket(packet)).toThrow(broken("not UTF-8"));
});

test("a frame may be nested 64 deep and no deeper", () => {
  const nested = (depth: number) =>
    `{"frames":[${'{"a":'.repeat(depth - 1)}{}${"}".repeat(depth - 1)}]}`;
  expect(splitJsonPacket(nested(64))).toHaveLength(1);
  expect(() => splitJsonPacket(nested(65))).toThrow(broken("nested more than 64 deep"));
  expect(() => splitJsonPacket(nested(1_000_000))).toThrow(broken("nested more than 64 deep"));
});

test("quotes and backslashes without end take no more time than their number", () => {
  const many = 1_000_000;
  for (const text of ["\\".repeat(many), '\\"'.repeat(many), '""'.repeat(many)]) {
    expect(() => splitJsonPacket(`{"frames":[{"a":"${text}`)).toThrow(broken("breaks off"));
  }
});
