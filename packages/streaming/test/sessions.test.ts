import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Conversation, SmartcallStreaming, type TaskStreamEvent } from "@smartcall/streaming";
import { createFaultProxy } from "@smartcall/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ways } from "./ways.js";
import { startGateway } from "./with-gateway.js";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const reconnect = { baseDelayMs: 5, maxFirstAttempts: 20, maxAttempts: 20 };

/** Reads on until an event satisfies; the iterator stays open. */
async function readUntil(
  events: AsyncIterator<TaskStreamEvent>,
  isWanted: (event: TaskStreamEvent) => boolean,
): Promise<TaskStreamEvent[]> {
  const seen: TaskStreamEvent[] = [];
  while (true) {
    const { done, value } = await events.next();
    if (done) throw new Error(`it ended after ${seen.map(({ type }) => type).join()}`);
    seen.push(value);
    if (isWanted(value)) return seen;
  }
}

/** Reads to the end; what a stream amounts to is known when its iterator has read it. */
async function readRest(events: AsyncIterator<TaskStreamEvent>): Promise<TaskStreamEvent[]> {
  const seen: TaskStreamEvent[] = [];
  for (let step = await events.next(); !step.done; step = await events.next())
    seen.push(step.value);
  return seen;
}

const says = (text: string) => (event: TaskStreamEvent) =>
  event.type === "outputDelta" && event.text.includes(text);

async function begin(talk: Conversation) {
  const events = talk[Symbol.asyncIterator]();
  await talk.send("one");
  await readUntil(events, says("one"));
  return events;
}

test("messages go while events come", async () => {
  await using session = await new SmartcallStreaming({ url: gateway.url }).connect();
  const talk = session.converse("parrot");
  const events = await begin(talk);
  for (const word of ["two", "three"]) {
    await talk.send(word);
    await readUntil(events, says(word));
  }
  await talk.send({ data: { not: "a text" } });
  await talk.send("goodbye");
  const rest = await Array.fromAsync({ [Symbol.asyncIterator]: () => events });
  expect(rest.at(-1)).toMatchObject({ type: "end", reason: "TERMINAL" });
  expect(await talk.text()).toMatch(/^one\ntwo\nthree\n.*\ngoodbye\n$/s);
});

test("a conversation goes on over another connection", async () => {
  await using proxy = await createFaultProxy({ target: gateway });
  const smartcall = new SmartcallStreaming({ url: proxy.url, reconnect });
  const talk = smartcall.converse("parrot");
  const events = await begin(talk);
  proxy.cutAll("reset");
  const trouble = await readUntil(events, ({ type }) => type === "connection");
  expect(trouble).toHaveLength(1);
  await talk.send("two");
  await readUntil(events, says("two"));
  await talk.send("goodbye");
  await readRest(events);
  expect(await talk.text()).toBe("one\ntwo\ngoodbye\n");
  expect(proxy.accepted).toBe(2);
});

test("messages that were on their way when the connection broke are given to the agent once", async () => {
  await using proxy = await createFaultProxy({ target: gateway });
  const talk = new SmartcallStreaming({ url: proxy.url, reconnect }).converse("parrot");
  const events = await begin(talk);
  const said = ["one"];
  for (let round = 0; round < 10; round += 1) {
    const text = `round ${round}`;
    said.push(text);
    // Before, while and after it is on its way.
    if (round % 3 === 0) await Promise.all([talk.send(text), proxy.goOffline()]);
    else await talk.send(text);
    if (round % 3 === 1) proxy.cutAll("reset");
    if (round % 3 === 2) await readUntil(events, says(text));
    await proxy.goOnline();
  }
  await talk.send("goodbye");
  const rest = await readRest(events);
  expect(await talk.text()).toBe([...said, "goodbye", ""].join("\n"));
  expect(rest.filter(({ type }) => type === "error")).toEqual([]);
});

test("whoever has said that no message follows cannot send one, but what was said before goes", async () => {
  await using proxy = await createFaultProxy({ target: gateway });
  const talk = new SmartcallStreaming({ url: proxy.url, reconnect }).converse("parrot");
  const events = await begin(talk);
  await proxy.goOffline();
  const sent = talk.send("two");
  talk.end();
  await expect(talk.send("three")).rejects.toMatchObject({ reason: "INVALID_ARGUMENT" });
  await proxy.goOnline();
  await sent;
  await readUntil(events, says("two"));
  await talk[Symbol.asyncDispose]();
});

test("a message that is too large is refused, and does not come back with the connection", async () => {
  await using proxy = await createFaultProxy({ target: gateway });
  const talk = new SmartcallStreaming({ url: proxy.url, reconnect }).converse("parrot");
  const events = await begin(talk);
  await expect(talk.send("x".repeat(3_000_000))).rejects.toMatchObject({
    reason: "PAYLOAD_TOO_LARGE",
  });
  proxy.cutAll("reset");
  await readUntil(events, (event) => event.type === "connection" && event.state === "connected");
  await talk.send("two");
  await readUntil(events, says("two"));
  await talk[Symbol.asyncDispose]();
});

test("a message to a task that has ended is an error, on the stream or at once", async () => {
  const talk = new SmartcallStreaming({ url: gateway.url }).converse("counter");
  await talk.send("3");
  await talk.text();
  await expect(talk.send("4")).rejects.toMatchObject({ reason: "TASK_NOT_WAITING" });
});

test("a conversation with nobody is an error of whoever sends and of whoever reads", async () => {
  const talk = new SmartcallStreaming({ url: gateway.url }).converse("nobody");
  const text = talk.text();
  await talk.send("hi").catch(() => {});
  await expect(text).rejects.toMatchObject({ reason: "AGENT_NOT_FOUND" });
});

test("a session is connected again when it is needed, with many streams at once", async () => {
  await using proxy = await createFaultProxy({ target: gateway });
  await using session = await new SmartcallStreaming({ url: proxy.url, reconnect }).connect();
  expect(await session.stream("counter", "2").text()).toBe("1\n2\n");
  for (let round = 1; round <= 3; round += 1) {
    const texts = Array.from({ length: 20 }, () => session.stream("counter", "500").text());
    proxy.cutAll("reset");
    for (const text of await Promise.all(texts)) expect(text.split("\n")).toHaveLength(501);
  }
  await expect.poll(() => proxy.connections.size).toBe(1);
});

test("a session outlives its gateway, and goes on with the next one at the same place", async () => {
  const first = await startGateway();
  await using session = await new SmartcallStreaming({ url: first.url, reconnect }).connect();
  const stream = session.stream("endless", "hi");
  const events = stream[Symbol.asyncIterator]();
  await readUntil(events, says("one"));
  await first.gateway.close();
  await using _second = await startGateway(first.port);
  expect(await session.stream("counter", "2").text()).toBe("1\n2\n");
  // The gateway's last word of the first task has come.
  await readRest(events);
  expect(await stream.result()).toMatchObject({ text: "one", state: "FAILED" });
});

test("a session that hands over a fresh token goes on", async () => {
  let count = 0;
  const token = () => `t-${++count}`;
  await using session = await new SmartcallStreaming({ url: gateway.url, token }).connect();
  await session.authenticate();
  expect(await session.stream("counter", "2").text()).toBe("1\n2\n");
});

test.each(ways)("a program ends when its streams over $name do", async ({ name }) => {
  const script = fileURLToPath(new URL("./script.ts", import.meta.url));
  const args = ["--experimental-strip-types", script, gateway.url, name];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 50_000 });
  expect(stdout).toBe("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
});
