import { defineAgent } from "@smartcall/agent";
import { expect, test } from "vitest";
import { openEventStream, type SentEvent } from "./event-stream.js";
import { get, post, runs, startGateway } from "./fixtures.js";
import { startAgents } from "./start-agents.js";

/** What events say, in short. */
function gist(events: readonly SentEvent[]): string[] {
  return events.map(({ event, data }) => {
    if (event === "outputDelta") return String(data["outputDelta"]?.["text"]);
    if (event === "end") return `end ${data["end"]?.["reason"]}`;
    if (event === "status") return String(data["status"]?.["state"]);
    return String(event);
  });
}

/** An agent that says as many words as it is told, one each time it may. */
function createCounter() {
  let count = 0;
  const counter = defineAgent({
    name: "counter",
    description: "Counts.",
    async *run() {
      count++;
      for (let index = 0; index < 50; index++) {
        yield `${index} `;
        if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    },
  });
  return { counter, runs: () => count };
}

test("a stream can be cut after any event and taken up after it, also once the task has ended", async () => {
  const { counter } = createCounter();
  await using door = await startGateway({ inProcess: [counter] });
  const whole = await openEventStream(`${door.url}/v1/agents/counter/calls/stream`, {
    body: { text: "" },
  });
  const events = await whole.take();
  const id = events[0]?.data["taskId"];
  expect(gist(events).at(-1)).toBe("end TERMINAL");
  for (const [index, event] of events.entries()) {
    if (event.id === undefined) continue;
    const headers = { "last-event-id": event.id };
    const rest = await openEventStream(`${door.url}/v1/tasks/${id}/events`, { headers });
    expect(gist(await rest.take())).toEqual(gist(events.slice(index + 1)));
  }
});

test("an unknown cursor is refused with 410, or answered with a gap and a snapshot", async () => {
  await using door = await startGateway();
  const { body } = await post(`${door.url}/v1/agents/echo/calls`, { text: "hi" });
  const url = `${door.url}/v1/tasks/${body["id"]}/events`;
  expect(await get(`${url}?after=other.3`)).toMatchObject({
    status: 410,
    body: { reason: "CURSOR_EXPIRED" },
  });
  const stream = await openEventStream(`${url}?after=other.3&onGap=SNAPSHOT`);
  const events = await stream.take();
  expect(gist(events)).toEqual(["gap", "snapshot", "end TERMINAL"]);
  expect(events.map(({ id }) => id)).toEqual([undefined, body["cursor"], undefined]);
  expect(events[0]?.data["gap"]).toEqual({ after: "other.3" });
  expect(events[1]?.data["snapshot"]?.["task"]).toEqual(body);
});

test("100 streams with one key run once, and each has everything; another body is refused", async () => {
  const { counter, runs: count } = createCounter();
  await using door = await startGateway({ inProcess: [counter] });
  const url = `${door.url}/v1/agents/counter/calls/stream`;
  const headers = { "idempotency-key": "once" };
  const all = await Promise.all(
    Array.from({ length: 100 }, async () =>
      (await openEventStream(url, { body: { text: "x" }, headers })).take(),
    ),
  );
  expect(count()).toBe(1);
  expect(new Set(all.map((events) => JSON.stringify(events.slice(0, -1)))).size).toBe(1);
  expect(gist(all[0] ?? []).at(-1)).toBe("end TERMINAL");

  const after = all[0]?.[9]?.id ?? "";
  const replayed = await openEventStream(url, {
    body: { text: "x" },
    headers: { ...headers, "last-event-id": after },
  });
  expect(gist(await replayed.take())).toEqual(gist(all[0] ?? []).slice(10));
  expect(count()).toBe(1);

  const other = await openEventStream(url, { body: { text: "y" }, headers });
  expect(other.response.statusCode).toBe(409);
  other.leave();
});

test("a stream that is asked for again after a cursor, but whose task is not known, runs nothing", async () => {
  await using door = await startGateway();
  const before = runs.get("echo") ?? 0;
  const { status, body } = await post(
    `${door.url}/v1/agents/echo/calls/stream`,
    { text: "" },
    { "last-event-id": "other.3", "idempotency-key": "lost" },
  );
  expect({ status, reason: body["reason"] }).toEqual({ status: 410, reason: "CURSOR_EXPIRED" });
  expect(runs.get("echo") ?? 0).toBe(before);
});

test("an agent asks, hears more, uses a tool and answers in pieces, all on numbered events", async () => {
  await using door = await startGateway({ inProcess: [] });
  await using _agents = await startAgents("guide-process.ts", door.url);
  const stream = await openEventStream(`${door.url}/v1/agents/guide/calls/stream`, {
    body: { text: "weather?" },
  });
  const asked = await stream.take();
  expect(gist(asked)).toEqual(["WORKING", "progress", "inputRequired", "end INTERRUPTED"]);
  const url = `${door.url}/v1/tasks/${asked[0]?.data["taskId"]}`;
  const { body: waiting } = await get(url);
  expect(waiting).toMatchObject({
    state: "INPUT_REQUIRED",
    prompt: { parts: [{ text: "Which city?" }] },
  });
  await post(`${url}/messages`, { text: "Rome" });
  await post(`${url}/messages`, { text: "in spring" });
  const rest = await openEventStream(`${url}/events?after=${asked[2]?.id}`);
  const all = await rest.take();
  const given = all.flatMap(({ data: { inputReceived } }) => inputReceived ?? []);
  expect(given).toMatchObject(
    ["Rome", "in spring"].map((text) => ({ message: { role: "USER", parts: [{ text }] } })),
  );
  const events = all.filter(({ data }) => data["inputReceived"] === undefined);
  expect(gist(events)).toEqual([
    "WORKING",
    "toolCall",
    "heard in spring; ",
    "toolCall",
    "artifact",
    "artifact",
    "usage",
    "sunny ",
    "in ",
    "Rome",
    "outputCompleted",
    "COMPLETED",
    "end TERMINAL",
  ]);
  expect(events[1]?.data["toolCall"]).toMatchObject({ callId: "1", arguments: { city: "Rome" } });
  expect(events[3]?.data["toolCall"]).toMatchObject({ callId: "1", result: "sun" });
  expect(events[5]?.data["artifact"]).toMatchObject({ append: true, lastChunk: true });
  const seqs = [...asked, ...all].flatMap(({ id }) => (id ? [Number(id.split(".")[1])] : []));
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  const { body } = await get(url);
  expect(body).toMatchObject({
    state: "COMPLETED",
    output: { parts: [{ text: "heard in spring; sunny in Rome" }] },
    artifacts: [{ artifactId: "map", parts: [{ text: "north " }, { text: "south" }] }],
    usage: { inputTokens: 3, outputTokens: 5 },
  });
  expect(body["prompt"]).toBeUndefined();
});

test("the registry's changes are a stream too, which resumes and ends as the gateway drains", async () => {
  await using door = await startGateway({ inProcess: [] });
  const url = `${door.url}/v1/agents/events`;
  const watch = await openEventStream(url);
  const [snapshot] = await watch.take(1);
  expect(snapshot).toMatchObject({ event: "snapshot", data: { snapshot: { agents: [] } } });
  await using _agents = await startAgents("guide-process.ts", door.url);
  const joined = await watch.take(2);
  expect(joined).toMatchObject([
    { event: "agent", data: { agent: { name: "guide", readyInstances: 1 } } },
    { event: "instance", data: { instance: { agent: "guide", state: "READY" } } },
  ]);
  const resumed = await openEventStream(`${url}?after=${joined[0]?.id}`);
  expect(await resumed.take(1)).toEqual(joined.slice(1));
  const closed = door.gateway.close();
  const last = await watch.take();
  expect(gist(last.slice(-1))).toEqual(["end DRAINING"]);
  expect(gist(await resumed.take()).at(-1)).toBe("end DRAINING");
  await closed;
});

test("no agent can be named events, for that is a path of the registry", async () => {
  await using door = await startGateway();
  const { status, body } = await post(`${door.url}/v1/agents`, {
    card: { name: "events" },
    endpoints: [{ url: "http://127.0.0.1:1" }],
  });
  expect(status).toBe(400);
  expect(body).toMatchObject({ errors: [{ pointer: "#/card/name" }] });
});
