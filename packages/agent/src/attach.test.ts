import { create } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { type CallRequest, Frame_EventSchema, Task_State } from "@smartcall/protocol/proto";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { Agent } from "./agent.js";
import { attach } from "./attach.js";
import type { AttachOptions } from "./attach-options.js";
import { defineAgent } from "./define-agent.js";
import { textOf } from "./parts.js";
import { userMessage } from "./testing/create-open.js";
import { callOver, type FakeGatewayOptions, startFakeGateway } from "./testing/fake-gateway.js";

const echo = defineAgent({ name: "echo", description: "Repeats.", run: ({ parts }) => parts });

const slow = defineAgent({
  name: "slow",
  description: "Waits for a message.",
  run: async (_, { ask }) => textOf(await ask("go on?")),
});

async function gatewayWith(options: FakeGatewayOptions = {}) {
  const gateway = await startFakeGateway(options);
  onTestFinished(() => gateway.stop());
  return gateway;
}

function attached(agents: Agent[], gateway: string, options: AttachOptions = {}) {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const attachment = attach(agents, { gateway, log, signals: false, ...options });
  onTestFinished(() => attachment.close());
  return { attachment, lines };
}

test("an agent attaches with hello and cards, and answers over a real socket", async () => {
  const gateway = await gatewayWith();
  const { attachment } = attached([echo, slow], gateway.url, { token: "secret", capacity: 7 });
  expect(attachment.state).toBe("connecting");
  await attachment.ready;
  expect(attachment).toMatchObject({ state: "ready", instanceId: "instance-1" });
  const [known] = gateway.links;
  expect(known?.hello).toMatchObject({ version: 1, token: "secret" });
  expect(known?.register?.cards.map((card) => card.name)).toEqual(["echo", "slow"]);
  expect(known?.register?.capacity).toBe(7);
  const { outcome, events } = await callOver(gateway.attached(), { agent: "echo", text: "hi" })
    .closed;
  expect(outcome.reason).toBeUndefined();
  expect(events).toHaveLength(1);
  await attachment.close();
  expect(attachment.state).toBe("closed");
  await expect.poll(() => known?.closed).toBe(true);
});

test("2,000 calls at once over one link are answered, each with its own text", async () => {
  const gateway = await gatewayWith();
  const { attachment } = attached([slow], gateway.url);
  await attachment.ready;
  const link = gateway.attached();
  const calls = Array.from({ length: 2_000 }, () => callOver(link, { agent: "slow" }));
  await expect.poll(() => calls.every(({ events }) => events.length === 1)).toBe(true);
  for (const [index, { exchange }] of calls.entries()) exchange.send(userMessage(`n${index}`));
  const ends = await Promise.all(calls.map(({ closed }) => closed));
  const said = ends.map(({ events }) => JSON.stringify(events[1]).match(/n\d+/)?.[0]);
  expect(said).toEqual(calls.map((_, index) => `n${index}`));
  expect(link.size).toBe(0);
});

test("a cut connection is dialled again, what ran on it is aborted, each change logged once", async () => {
  const gateway = await gatewayWith();
  const aborted: unknown[] = [];
  const hanging = defineAgent({
    name: "hanging",
    description: "Never ends.",
    run: (_, { signal }) =>
      new Promise<string>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          aborted.push(signal.reason.reason);
          reject(signal.reason);
        });
      }),
  });
  const { attachment, lines } = attached([hanging, echo], gateway.url);
  await attachment.ready;
  const { closed } = callOver(gateway.attached(), { agent: "hanging" });
  await new Promise(setImmediate);
  await callOver(gateway.attached(), { agent: "echo", text: "hi" }).closed;
  gateway.cut();
  expect((await closed).outcome).toMatchObject({ reason: "INSTANCE_LOST", lost: true });
  await expect.poll(() => aborted).toEqual(["CANCELED"]);
  await expect.poll(() => gateway.links[1]?.register?.cards.length).toBe(2);
  await expect.poll(() => attachment.state).toBe("ready");
  const { outcome } = await callOver(gateway.attached(), { agent: "echo", text: "hi" }).closed;
  expect(outcome.reason).toBeUndefined();
  expect(lines.map(({ msg }) => msg.split(":")[0])).toEqual([
    "attached to the gateway",
    "lost the gateway",
    "attached to the gateway",
  ]);
});

test("an agent waits for a gateway that is not there yet, and says so once", async () => {
  const first = await startFakeGateway();
  await first.stop();
  const { attachment, lines } = attached([echo], first.url, { backoff: { maxMs: 20 } });
  await expect.poll(() => lines.length).toBe(1);
  const gateway = await gatewayWith({ port: first.port });
  await attachment.ready;
  expect(gateway.links.at(-1)?.register?.cards).toHaveLength(1);
  expect(lines.map(({ msg }) => msg.split(":")[0])).toEqual([
    "no gateway yet, trying again",
    "attached to the gateway",
  ]);
});

test("a refused credential ends the attachment and says what to do", async () => {
  const gateway = await gatewayWith({
    onHello() {
      throw new SmartcallError({ reason: "UNAUTHENTICATED" });
    },
  });
  const { attachment, lines } = attached([echo], gateway.url, { token: "wrong" });
  await expect(attachment.ready).rejects.toMatchObject({ reason: "UNAUTHENTICATED" });
  await expect.poll(() => attachment.state).toBe("closed");
  expect(gateway.links).toHaveLength(1);
  expect(lines.map(({ msg }) => msg)).toEqual([expect.stringContaining("SMARTCALL_TOKEN")]);
});

test("a gateway that took the agents once is tried again whatever it says later", async () => {
  let refuses = false;
  const gateway = await gatewayWith({
    onHello() {
      if (refuses) throw new SmartcallError({ reason: "UNAUTHENTICATED" });
    },
  });
  const { attachment, lines } = attached([echo], gateway.url, { backoff: { maxMs: 5 } });
  await attachment.ready;
  refuses = true;
  gateway.cut();
  await expect.poll(() => gateway.links.length).toBeGreaterThan(3);
  expect(attachment.state).toBe("connecting");
  refuses = false;
  await expect.poll(() => attachment.state).toBe("ready");
  expect(lines.filter(({ msg }) => msg.includes("refuses the agents"))).toHaveLength(1);
});

test("a gateway that never takes the agents is hung up on and tried again", async () => {
  const gateway = await gatewayWith({ ready: false });
  const { attachment, lines } = attached([echo], gateway.url, {
    readyTimeoutMs: 200,
    backoff: { maxMs: 5 },
    instanceId: "mine",
  });
  await expect.poll(() => gateway.links.length).toBeGreaterThan(1);
  await expect.poll(() => gateway.links.map(({ hello }) => hello?.instanceId)).toContain("mine");
  expect(lines.map(({ msg }) => msg)).toEqual([expect.stringContaining("did not say")]);
  await attachment.close();
  await expect(attachment.ready).rejects.toMatchObject({ reason: "CANCELED" });
});

test("a signal that aborts closes the attachment", async () => {
  const gateway = await gatewayWith();
  const controller = new AbortController();
  const { attachment } = attached([echo], gateway.url, { signal: controller.signal });
  await attachment.ready;
  controller.abort();
  await expect.poll(() => attachment.state).toBe("closed");
  expect(() => attach([echo], { gateway: "nowhere" })).toThrow('"nowhere" is no URL');
});

test.each(["http://user:pa55@h", "https://pa55@h:1", "http://user:/pa55@h", "user:pa55@h"])(
  "credentials in the URL of a gateway are refused, and not said",
  (gateway) => {
    const told = (() => {
      try {
        attach([echo], { gateway });
      } catch (thrown) {
        return String(thrown);
      }
      return "attached";
    })();
    expect(told).toContain("has no credentials");
    expect(told).not.toContain("pa55");
  },
);

test("a draining gateway gets a new link first, the old one ends with its calls", async () => {
  const gateway = await gatewayWith();
  const { attachment } = attached([echo, slow], gateway.url);
  await attachment.ready;
  const old = gateway.at(0);
  const running = callOver(old.link, { agent: "slow" });
  await expect.poll(() => running.events.length).toBe(1);
  void old.link.drain("restart");
  await expect.poll(() => gateway.links[1]?.register).toBeDefined();
  expect(old.closed).toBe(false);
  const { outcome } = await callOver(gateway.attached(), { agent: "echo", text: "a" }).closed;
  expect(outcome.reason).toBeUndefined();
  running.exchange.send(userMessage("yes"));
  expect((await running.closed).outcome.reason).toBeUndefined();
  await expect.poll(() => old.closed).toBe(true);
  expect(gateway.at(1).closed).toBe(false);
});

test("a close refuses new calls, waits for running ones, then hangs up", async () => {
  const gateway = await gatewayWith();
  const { attachment } = attached([slow], gateway.url);
  await attachment.ready;
  const link = gateway.attached();
  const running = callOver(link, { agent: "slow" });
  await expect.poll(() => running.events.length).toBe(1);
  const closing = attachment.close();
  expect(attachment.state).toBe("draining");
  await expect.poll(() => link.usable).toBe(false);
  const late = await callOver(link, { agent: "slow" }).closed;
  expect(late.outcome).toMatchObject({ refused: true });
  running.exchange.send(userMessage("yes"));
  expect((await running.closed).outcome.reason).toBeUndefined();
  await closing;
  await expect.poll(() => gateway.links[0]?.closed).toBe(true);
});

test("what still runs after the grace ends INSTANCE_LOST", async () => {
  const gateway = await gatewayWith();
  const { attachment } = attached([slow], gateway.url, { graceMs: 20 });
  await attachment.ready;
  const running = callOver(gateway.attached(), { agent: "slow" });
  await expect.poll(() => running.events.length).toBe(1);
  await attachment.close();
  expect((await running.closed).outcome).toMatchObject({ reason: "INSTANCE_LOST" });
});

test("an agent calls another through the gateway with its deadline, trace, hops and context", async () => {
  const asked: { call: CallRequest; headers: Record<string, string>; timeoutMs: number }[] = [];
  const gateway = await gatewayWith({
    accept(exchange, { request, headers, timeoutMs }) {
      if (request.case === "call") asked.push({ call: request.value, headers, timeoutMs });
      const snapshot = { task: { id: "child", state: Task_State.COMPLETED } };
      const task = { kind: { case: "snapshot" as const, value: snapshot } };
      exchange.send(create(Frame_EventSchema, { kind: { case: "task", value: task } }));
      exchange.close();
      return {};
    },
  });
  const caller = defineAgent({
    name: "caller",
    description: "Calls another.",
    run: async (_, { call }) => {
      const task = await call("other", { a: 1 }, { idempotencyKey: "once", metadata: { m: 1 } });
      return task.id;
    },
  });
  const { attachment } = attached([caller], gateway.url);
  await attachment.ready;
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const { outcome, events } = await callOver(gateway.attached(), {
    agent: "caller",
    timeoutMs: 60_000,
    request: { traceparent, hops: 2 },
  }).closed;
  expect(outcome.reason).toBeUndefined();
  expect(JSON.stringify(events)).toContain("child");
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    call: { agent: "other", contextId: "context-1", input: { case: "data" }, metadata: { m: 1 } },
    headers: { traceparent, "smartcall-hops": "3", "idempotency-key": "once" },
  });
  expect(asked[0]?.timeoutMs).toBeGreaterThan(30_000);
  expect(asked[0]?.timeoutMs).toBeLessThanOrEqual(60_000);
});

test("a call that the gateway refuses throws its reason, and a cancel goes through", async () => {
  const canceled: unknown[] = [];
  const gateway = await gatewayWith({
    accept(exchange, { request }) {
      if (request.case === "call" && request.value.agent === "none") {
        exchange.close({ reason: "AGENT_NOT_FOUND", message: "No such agent.", refused: true });
      }
      return { cancel: ({ reason }) => canceled.push(reason) };
    },
  });
  const caller = defineAgent({
    name: "caller",
    description: "Calls another.",
    run: async (message, { call }) => (await call(textOf(message), "hello")).id,
  });
  const { attachment } = attached([caller], gateway.url);
  await attachment.ready;
  const link = gateway.attached();
  const none = await callOver(link, { agent: "caller", text: "none" }).closed;
  expect(none.outcome).toMatchObject({ reason: "AGENT_NOT_FOUND", message: "No such agent." });
  const hanging = callOver(link, { agent: "caller", text: "hanging" });
  await expect.poll(() => link.size).toBe(2);
  hanging.exchange.cancel({ reason: "CANCELED" });
  await expect.poll(() => canceled).toEqual(["CANCELED"]);
  await expect.poll(() => link.size).toBe(0);
});
