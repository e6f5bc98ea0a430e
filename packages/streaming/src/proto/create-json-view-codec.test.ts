import type { Frame } from "@smartcall/link";
import { createJsonCodec, type JsonTypes } from "@smartcall/link/json";
import { createProtobufCodec } from "@smartcall/link/protobuf";
import { expect, test } from "vitest";
import { createJsonViewCodec } from "./create-json-view-codec.js";

const place = { taskId: "t", cursor: "e.1", time: "2026-11-23T09:30:00Z" };

const frames: { name: string; frame: Frame<JsonTypes> }[] = [
  {
    name: "a hello",
    frame: {
      kind: "hello",
      hello: {
        version: 1,
        implementation: "a/1",
        windowBytes: 9,
        maxFrameBytes: 0,
        token: "t",
        instanceId: "",
      },
    },
  },
  { name: "a token", frame: { kind: "control", control: { authenticate: { token: "t" } } } },
  { name: "a ping", frame: { kind: "ping", nonce: 7 } },
  {
    name: "a message",
    frame: {
      kind: "message",
      exchange: 1,
      message: {
        messageId: "m",
        contextId: "",
        taskId: "",
        role: "USER",
        parts: [{ text: "hi", filename: "", mediaType: "" }],
        extensions: [],
        referenceTaskIds: [],
      },
    },
  },
  {
    name: "a piece of text",
    frame: {
      kind: "event",
      exchange: 1,
      event: { task: { ...place, outputDelta: { text: "ü" } } },
    },
  },
  {
    name: "an end that stands for several",
    frame: {
      kind: "event",
      exchange: 3,
      event: { task: { ...place, merged: 3, end: { reason: "TERMINAL" } } },
    },
  },
  {
    name: "a state with its zero values",
    frame: {
      kind: "event",
      exchange: 1,
      event: { task: { ...place, status: { state: "SUBMITTED", attempt: 0 } } },
    },
  },
];

test.each(frames)("$name is the same to its reader in protobuf and in JSON", ({ frame }) => {
  const json = createJsonCodec();
  const protobuf = createJsonViewCodec();
  const [asJson] = json.unpack(json.pack([json.encode(frame)]));
  const [asProtobuf] = [...protobuf.unpack(protobuf.pack([protobuf.encode(frame)]))];
  expect(asProtobuf?.frame).toEqual(asJson?.frame);
});

test("a call is what the contract says", () => {
  const view = createJsonViewCodec();
  const stream = { agent: "eliza", text: "hi", onDisconnect: "CANCEL" } as const;
  const open = { stream, headers: { "idempotency-key": "k" }, timeoutMs: 5 };
  const packet = view.pack([view.encode({ kind: "open", exchange: 1, open, halfClose: true })]);
  const [received] = [...createProtobufCodec().unpack(packet)];
  expect(received?.frame).toMatchObject({
    kind: "open",
    halfClose: true,
    open: {
      headers: { "idempotency-key": "k" },
      timeoutMs: 5,
      request: { case: "stream", value: { agent: "eliza", input: { case: "text", value: "hi" } } },
    },
  });
});
