import { pino } from "pino";
import { expect, test } from "vitest";
import { createAgentHost } from "./agent-host.js";
import { defineAgent } from "./define-agent.js";
import { createOpen } from "./testing/create-open.js";
import { FakeExchange } from "./testing/fake-exchange.js";

const log = pino({ level: "silent" });
const gate = () => Promise.withResolvers<string>();

function hostOf(run: () => unknown) {
  const agent = { ...defineAgent({ name: "it", description: "", run: () => "" }), run };
  return createAgentHost([agent], { log, capacity: 2 });
}

test("an unknown agent is refused", async () => {
  const { closed } = FakeExchange.call(
    hostOf(() => ""),
    { agent: "other" },
  );
  expect(await closed).toEqual({
    reason: "AGENT_NOT_FOUND",
    message: 'No agent "other" stands here.',
    refused: true,
  });
});

test("an exchange that is no attempt is refused", () => {
  const exchange = new FakeExchange();
  const open = { ...createOpen({ agent: "it" }), request: { case: undefined } };
  hostOf(() => "").accept(exchange, open);
  expect(exchange.closes).toMatchObject([{ reason: "NOT_IMPLEMENTED", refused: true }]);
});

test("a host takes as many calls as its capacity, and more when one has ended", async () => {
  const first = gate();
  const waiting = [first.promise, gate().promise, "at once"];
  const host = hostOf(() => waiting.shift());
  const running = [
    FakeExchange.call(host, { agent: "it" }),
    FakeExchange.call(host, { agent: "it" }),
  ];
  expect(host.running).toBe(2);
  const third = FakeExchange.call(host, { agent: "it" });
  expect(await third.closed).toMatchObject({ reason: "AGENT_BUSY", refused: true });
  first.resolve("done");
  expect(await running[0]?.closed).toEqual({});
  const fourth = FakeExchange.call(host, { agent: "it" });
  expect(await fourth.closed).toEqual({});
});

test("a drain refuses calls and resolves when the last run has stopped", async () => {
  const { promise, resolve } = gate();
  const host = hostOf(() => promise);
  const call = FakeExchange.call(host, { agent: "it" });
  let drained = false;
  const drain = host.drain().then(() => {
    drained = true;
  });
  expect(await FakeExchange.call(host, { agent: "it" }).closed).toMatchObject({
    reason: "DRAINING",
    refused: true,
  });
  expect(drained).toBe(false);
  resolve("done");
  await drain;
  expect(await call.closed).toEqual({});
  await host.drain();
});

test("an abort ends what runs with its reason", async () => {
  const host = hostOf(() => gate().promise);
  const call = FakeExchange.call(host, { agent: "it" });
  host.abort({ reason: "INSTANCE_LOST", message: "Going away." });
  expect(await call.closed).toEqual({ reason: "INSTANCE_LOST", message: "Going away." });
});
