import {
  create,
  fromBinary,
  fromJson,
  type JsonObject,
  type JsonValue,
  toBinary,
} from "@bufbuild/protobuf";
import { TimestampSchema, ValueSchema } from "@bufbuild/protobuf/wkt";
import {
  ExecuteRequestSchema,
  Frame_EventSchema,
  Frame_OpenSchema,
  FrameSchema,
  LinkPacketSchema,
  type Message,
  MessageSchema,
  type Task_State,
  type TaskEvent,
  type TaskEvent_End_Reason,
  TaskEvent_EndSchema,
  TaskEvent_OutputCompletedSchema,
  TaskEvent_OutputDeltaSchema,
  TaskEvent_StatusSchema,
  TaskEventSchema,
  type Frame as WireFrame,
} from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { messageArbitrary } from "../../test/message-arbitrary.js";
import { encodeFrame } from "./encode-frame.js";
import { ScratchWriter } from "./scratch-writer.js";
import { writeEvent, writeMessage, writeOpen } from "./write-hot.js";

const writer = new ScratchWriter();

// Around each length at which the length itself takes a byte more, in one, two and three bytes a character.
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc
    .tuple(
      fc.constantFrom("x", "é", "€", "😀", "\ud800"),
      fc.constantFrom(
        31,
        32,
        33,
        42,
        43,
        63,
        64,
        65,
        127,
        128,
        5_461,
        8_192,
        16_383,
        16_384,
        16_390,
      ),
    )
    .map(([character, count]) => character.repeat(count)),
);

/** A copy without the one key that is left to the generated code. */
function clean<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    key === "__proto__" ? undefined : inner,
  ) as T;
}

/** Any JSON that a Struct takes, keys that look like numbers and empty ones among them. */
const json = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });
const struct = fc
  .dictionary(fc.string(), json, { noNullPrototype: true })
  .map((fields) => clean<JsonObject>(fields));

const content = fc.oneof(
  fc.tuple(fc.constantFrom("text" as const, "url" as const), text).map(([kind, value]) => ({
    case: kind,
    value,
  })),
  text.map((value) => ({ case: "raw" as const, value: new TextEncoder().encode(value) })),
  json.map((value) => ({
    case: "data" as const,
    value: fromJson(ValueSchema, clean<JsonValue>(value)),
  })),
);

const hotMessage: fc.Arbitrary<Message> = fc
  .tuple(
    messageArbitrary(MessageSchema),
    fc.array(fc.record({ content, metadata: struct }, { requiredKeys: ["content"] }), {
      maxLength: 3,
    }),
    fc.option(struct),
  )
  .map(([message, parts, metadata]) => {
    delete message.metadata;
    if (metadata) message.metadata = metadata;
    message.parts = create(MessageSchema, { parts }).parts;
    return message;
  });

function generated(exchange: number, body: WireFrame["body"]): Uint8Array {
  const frame = create(FrameSchema, { exchange, body });
  return toBinary(LinkPacketSchema, create(LinkPacketSchema, { frames: [frame] }));
}

test("a message is written byte for byte as the generated code writes it", () => {
  fc.assert(
    fc.property(hotMessage, (message) => {
      writer.reset();
      expect(writeMessage(writer, message)).toBe(true);
      const frame = { kind: "message", exchange: 7, message } as const;
      expect(encodeFrame(frame)).toEqual(generated(7, { case: "message", value: message }));
    }),
    { numRuns: 300 },
  );
});

test("an event of an agent is written byte for byte as the generated code writes it", () => {
  const kinds = fc.oneof(
    hotMessage.map((message) => ({ case: "outputCompleted", value: { message } }) as const),
    text.map((text) => ({ case: "outputDelta", value: { text } }) as const),
  );
  fc.assert(
    fc.property(kinds, (kind) => {
      const event = create(Frame_EventSchema, { kind: { case: "agent", value: { kind } } });
      writer.reset();
      expect(writeEvent(writer, event)).toBe(true);
      const frame = { kind: "event", exchange: 300, event } as const;
      expect(encodeFrame(frame)).toEqual(generated(300, { case: "event", value: event }));
    }),
    { numRuns: 300 },
  );
});

const hotKind: fc.Arbitrary<TaskEvent["kind"]> = fc.oneof(
  text.map((text) => {
    const value = create(TaskEvent_OutputDeltaSchema, { text });
    return { case: "outputDelta" as const, value };
  }),
  fc.option(hotMessage).map((message) => {
    const value = create(TaskEvent_OutputCompletedSchema, message ? { message } : {});
    return { case: "outputCompleted" as const, value };
  }),
  fc
    .record({ state: fc.nat({ max: 8 }) as fc.Arbitrary<Task_State>, attempt: fc.nat() })
    .map((init) => {
      const value = create(TaskEvent_StatusSchema, init);
      return { case: "status" as const, value };
    }),
  (fc.nat({ max: 5 }) as fc.Arbitrary<TaskEvent_End_Reason>).map((reason) => {
    const value = create(TaskEvent_EndSchema, { reason });
    return { case: "end" as const, value };
  }),
);

/** An event of a task's log of one of the frequent kinds. */
const hotTaskEvent: fc.Arbitrary<TaskEvent> = fc
  .tuple(
    messageArbitrary(TaskEventSchema),
    hotKind,
    fc.option(fc.tuple(fc.nat({ max: 0xffff_ffff }), fc.nat({ max: 999_999_999 }))),
    fc.option(fc.nat({ max: 0xffff_ffff }), { nil: undefined }),
  )
  .map(([{ taskId, cursor }, kind, at, merged]) => {
    const event = create(TaskEventSchema, { taskId, cursor });
    event.kind = kind;
    if (at) event.time = create(TimestampSchema, { seconds: BigInt(at[0]), nanos: at[1] });
    if (merged !== undefined) event.merged = merged;
    return event;
  });

test("an event of a task is written byte for byte as the generated code writes it", () => {
  fc.assert(
    fc.property(hotTaskEvent, (value) => {
      const event = create(Frame_EventSchema, { kind: { case: "task", value } });
      writer.reset();
      expect(writeEvent(writer, event)).toBe(true);
      const frame = { kind: "event", exchange: 5, event } as const;
      expect(encodeFrame(frame)).toEqual(generated(5, { case: "event", value: event }));
    }),
    { numRuns: 500 },
  );
});

test("a time that the hand-written code does not know is left to the generated code", () => {
  for (const time of [
    { seconds: -1n, nanos: 0 },
    { seconds: 2n ** 40n, nanos: 0 },
    { seconds: 1n, nanos: -1 },
  ]) {
    const kind = { case: "outputDelta", value: { text: "x" } } as const;
    const value = create(TaskEventSchema, { time, kind });
    const event = create(Frame_EventSchema, { kind: { case: "task", value } });
    writer.reset();
    expect(writeEvent(writer, event)).toBe(false);
    const frame = { kind: "event", exchange: 5, event } as const;
    expect(encodeFrame(frame)).toEqual(generated(5, { case: "event", value: event }));
  }
});

test("an open that executes is written byte for byte as the generated code writes it", () => {
  fc.assert(
    fc.property(
      hotMessage,
      messageArbitrary(ExecuteRequestSchema),
      fc.boolean(),
      fc.nat(),
      (message, value, halfClose, timeoutMs) => {
        if (message.metadata) value.metadata = message.metadata;
        else delete value.metadata;
        value.message = message;
        const request = { case: "execute", value } as const;
        const open = create(Frame_OpenSchema, { request, halfClose, timeoutMs });
        writer.reset();
        expect(writeOpen(writer, open, halfClose)).toBe(true);
        const frame = { kind: "open", exchange: 0xffff_ffff, open, halfClose } as const;
        expect(encodeFrame(frame)).toEqual(generated(0xffff_ffff, { case: "open", value: open }));
      },
    ),
    { numRuns: 300 },
  );
});

test("frames that were written stay as they are, however many follow", () => {
  const texts = fc.array(text, { minLength: 50, maxLength: 200 });
  fc.assert(
    fc.property(texts, (given) => {
      const frames = given.map((value) => {
        const message = create(MessageSchema, { parts: [{ content: { case: "text", value } }] });
        const bytes = encodeFrame({ kind: "message", exchange: 1, message });
        return { bytes, wanted: bytes.slice() };
      });
      for (const { bytes, wanted } of frames) expect(bytes).toEqual(wanted);
    }),
    { numRuns: 20 },
  );
});

test("fields that this version does not know survive", () => {
  const unknown = [0xfa, 0x07, 0x01, 0x2a];
  const part = [0x0a, 0x01, 0x61, ...unknown];
  const bytes = Uint8Array.from([0x2a, part.length, ...part, ...unknown]);
  const message = fromBinary(MessageSchema, bytes);
  const packet = encodeFrame({ kind: "message", exchange: 1, message });
  expect([...packet].join()).toContain([...bytes].join());
});

test("a number that is none is refused as by the generated code", () => {
  const message = create(MessageSchema, { role: 1.5 as never });
  expect(() => encodeFrame({ kind: "message", exchange: 1, message })).toThrow();
});

test("JSON deeper than the generated code reads is left to it", () => {
  let deep: JsonValue = 1;
  for (let level = 0; level < 150; level++) deep = [deep];
  const message = create(MessageSchema, { metadata: { deep } });
  writer.reset();
  expect(writeMessage(writer, message)).toBe(false);
});
