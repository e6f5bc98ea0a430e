import { SmartcallError } from "@smartcall/protocol";
import { asyncApiDocument } from "@smartcall/protocol/asyncapi-document";
import type { TaskEvent } from "@smartcall/protocol/openapi";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connectRealtime } from "../../test/realtime-client.js";
import { createRealtimeHandler, fixtures, type RealtimeOverrides } from "../index.js";

const baseUrl = "http://gateway.test";
const server = setupServer(createRealtimeHandler({ baseUrl }));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const override = (overrides: RealtimeOverrides) =>
  server.use(createRealtimeHandler({ baseUrl, overrides }));
const task = fixtures.call.response;
const delta = (seq: number, text: string): TaskEvent => ({
  taskId: task.id,
  cursor: `k3v9.${seq}`,
  time: task.createTime,
  outputDelta: { text },
});
const snapshotOf = (of: typeof task) => ({
  task: { taskId: of.id, cursor: of.cursor, time: of.updateTime, snapshot: { task: of } },
});

test.each([
  {
    name: "a stream answers the events of the agent's fixture",
    given: { stream: { agent: "summarizer", text: "…" } },
    want: fixtures.streamCall.events.map((event) => ({ task: event })),
  },
  {
    name: "a watch begins after its cursor",
    given: { watch: { task: task.id, after: "k3v9.3" } },
    want: fixtures.watchTask.events.slice(3).map((event) => ({ task: event })),
  },
  {
    name: "a call answers one snapshot",
    given: { call: { agent: "summarizer", text: "…" } },
    want: [snapshotOf(task)],
  },
  {
    name: "a cancellation answers one snapshot",
    given: { cancel: { task: task.id } },
    want: [snapshotOf(fixtures.cancelTask.response)],
  },
  {
    name: "a watch on the registry answers its events",
    given: { watchAgents: {} },
    want: fixtures.watchAgents.events.map((event) => ({ registry: event })),
  },
])("$name", async ({ given, want }) => {
  const client = await connectRealtime(baseUrl);
  expect(await client.open(given)).toEqual({ events: want, outcome: {} });
  client.link.close();
});

test("many exchanges share a session", async () => {
  const client = await connectRealtime(baseUrl);
  const answers = await Promise.all(
    ["summarizer", "calculator", "summarizer"].map((agent) =>
      client.open({ call: { agent, text: "…" } }),
    ),
  );
  const agents = answers.map(({ events }) => events[0]?.task?.snapshot?.task.agent);
  expect(agents).toEqual(["summarizer", "calculator", "summarizer"]);
  client.link.close();
});

test.each([
  { given: { stream: { agent: "nobody", text: "…" } }, reason: "AGENT_NOT_FOUND" },
  { given: { watch: { task: "none" } }, reason: "TASK_NOT_FOUND" },
  { given: {} as { watchAgents: object }, reason: "NOT_IMPLEMENTED" },
])("an exchange is refused with $reason", async ({ given, reason }) => {
  const client = await connectRealtime(baseUrl);
  expect((await client.open(given)).outcome).toMatchObject({ reason });
  client.link.close();
});

test("an override is events, a function of the call, or an error", async () => {
  override({
    stream: ({ request, headers }) => [delta(1, `${request.text} ${headers["idempotency-key"]}`)],
    watch: [delta(7, "seven")],
    call: () => {
      throw new SmartcallError({ reason: "AGENT_BUSY" });
    },
  });
  const client = await connectRealtime(baseUrl);
  const headers = { "idempotency-key": "k-1" };
  const stream = await client.open({ stream: { agent: "any", text: "said" }, headers });
  expect(stream.events).toEqual([{ task: delta(1, "said k-1") }]);
  expect((await client.open({ watch: { task: "any" } })).events).toEqual([
    { task: delta(7, "seven") },
  ]);
  expect((await client.open({ call: { agent: "any", text: "" } })).outcome).toMatchObject({
    reason: "AGENT_BUSY",
  });
  client.link.close();
});

test("a generator hears what the client says, until it says no more", async () => {
  override({
    async *stream({ messages }) {
      let seq = 0;
      yield delta(++seq, "Yes?");
      for await (const { parts } of messages) yield delta(++seq, `You said ${parts[0]?.text}.`);
      yield delta(++seq, "Bye.");
    },
  });
  const client = await connectRealtime(baseUrl);
  const { events } = await client.open(
    { stream: { agent: "any", text: "" } },
    {
      isInteractive: true,
      event({ task }, exchange) {
        const text = task?.outputDelta?.text;
        if (text === "Yes?") exchange.send({ parts: [{ text: "no" }] });
        if (text === "You said no.") exchange.halfClose();
      },
    },
  );
  expect(events.map(({ task }) => task?.outputDelta?.text)).toEqual([
    "Yes?",
    "You said no.",
    "Bye.",
  ]);
  client.link.close();
});

test("a client that gives up ends the generator", async () => {
  const ended = Promise.withResolvers<unknown>();
  override({
    async *stream({ signal, messages }) {
      yield delta(1, "one");
      for await (const _ of messages);
      ended.resolve(signal.reason);
    },
  });
  const client = await connectRealtime(baseUrl);
  const { outcome } = await client.open(
    { stream: { agent: "any", text: "" } },
    { isInteractive: true, event: (_, exchange) => exchange.cancel({ reason: "CANCELED" }) },
  );
  expect(outcome).toMatchObject({ reason: "CANCELED" });
  expect(await ended.promise).toMatchObject({ reason: "CANCELED" });
  client.link.close();
});

test("a client that does not read holds the generator", async () => {
  let sent = 0;
  override({
    async *stream() {
      for (; sent < 1_000; sent++) yield delta(sent, "x".repeat(1_000));
    },
  });
  const client = await connectRealtime(baseUrl, 16_384);
  const reading = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  const answer = client.open(
    { stream: { agent: "any", text: "" } },
    {
      event() {
        stopped.resolve();
        return reading.promise;
      },
    },
  );
  await stopped.promise;
  expect((await client.open({ call: { agent: "summarizer", text: "…" } })).outcome).toEqual({});
  expect(sent).toBeLessThan(20);
  reading.resolve();
  expect((await answer).events).toHaveLength(1_000);
  client.link.close();
});

test("a session ends with the close code of a reason", async () => {
  override({
    async *stream({ closeSession }) {
      yield delta(1, "one");
      closeSession("DRAINING");
    },
  });
  const client = await connectRealtime(baseUrl);
  const { outcome } = await client.open({ stream: { agent: "any", text: "" } });
  expect(outcome).toMatchObject({ lost: true });
  expect(await client.closed).toEqual({ code: 4200, reason: "DRAINING" });
});

test.each([
  {
    name: "does not offer the subprotocol",
    protocols: ["smartcall.v1.proto"],
    sent: "",
    code: 4000,
  },
  { name: "sends what is no packet", protocols: ["smartcall.v1.json"], sent: "hi", code: 4023 },
])("a client that $name is closed with $code", async ({ protocols, sent, code }) => {
  const socket = new WebSocket("ws://gateway.test/v1/realtime", protocols);
  const closed = new Promise<CloseEvent>((resolve) => {
    socket.onclose = resolve;
  });
  socket.onopen = () => sent !== "" && socket.send(sent);
  expect((await closed).code).toBe(code);
});

test("every packet is one of the AsyncAPI document", async () => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...asyncApiDocument, $id: "asyncapi" });
  const socket = new WebSocket("ws://gateway.test/v1/realtime", ["smartcall.v1.json"]);
  const packets: { frames: { close?: object }[] }[] = [];
  await new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => {
      const packet = JSON.parse(data);
      packets.push(packet);
      if (packet.frames.some((frame: object) => "close" in frame)) resolve();
    };
    socket.onopen = () => {
      const open = { stream: fixtures.callTarget.request, halfClose: true };
      const hello = { version: 1, windowBytes: 65_536 };
      socket.send(JSON.stringify({ frames: [{ hello }, { exchange: 1, open }] }));
    };
  });
  for (const packet of packets) {
    expect(ajv.validate("asyncapi#/components/schemas/GatewayPacket", packet)).toBe(true);
  }
  expect(packets.length).toBeGreaterThan(1);
  socket.close();
});
