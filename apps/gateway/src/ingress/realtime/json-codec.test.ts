import { create } from "@bufbuild/protobuf";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { Frame_EventSchema, type TaskEvent, TaskEventSchema } from "@smartcall/protocol/proto";
import { expect, test } from "vitest";
import { createRealtimeJsonCodec } from "./json-codec.js";

const taskEvent = (text: string) =>
  create(TaskEventSchema, { cursor: "e.1", kind: { case: "outputDelta", value: { text } } });

/** Each reader has an event of its own around what it shares with the others. */
const event = (value: TaskEvent): ProtocolTypes["event"] =>
  create(Frame_EventSchema, { kind: { case: "task", value } });

test("an event that goes to many is made once for each number of their exchanges, and is right for all", () => {
  const codec = createRealtimeJsonCodec();
  const [one, two] = [taskEvent("one"), taskEvent("two")];
  const sends: [exchange: number, of: TaskEvent, text: string][] = [
    [1, one, "one"],
    [1, one, "one"],
    [3, one, "one"],
    [3, two, "two"],
    [1, two, "two"],
  ];
  const packets = sends.map(([exchange, of]) =>
    codec.pack([codec.encode({ kind: "event", exchange, event: event(of) })]),
  );
  const said = packets.map((packet) => {
    const { frames } = JSON.parse(Buffer.from(packet).toString());
    return [frames[0].exchange, frames[0].event.task.outputDelta.text];
  });
  expect(said).toEqual(sends.map(([exchange, , text]) => [exchange, text]));
  expect(packets[1]).toBe(packets[0]);
});

test("a frame that leaves with others is in their packet", () => {
  const codec = createRealtimeJsonCodec();
  const frame = codec.encode({ kind: "event", exchange: 1, event: event(taskEvent("one")) });
  const alone = codec.pack([frame]);
  const both = codec.pack([frame, codec.encode({ kind: "ping", nonce: 7 })]);
  expect(JSON.parse(Buffer.from(alone).toString()).frames.length).toBe(1);
  expect(JSON.parse(Buffer.from(both).toString()).frames).toMatchObject([
    { exchange: 1 },
    { ping: { nonce: 7 } },
  ]);
});
