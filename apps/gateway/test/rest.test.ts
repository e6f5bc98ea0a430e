import { expect, test } from "vitest";
import {
  aborts,
  begun,
  callUntilBegun,
  get,
  listOf,
  post,
  runs,
  startGateway,
} from "./fixtures.js";

test("a call waits for its answer", async () => {
  await using door = await startGateway();
  const { status, headers, body } = await post(`${door.url}/v1/agents/echo/calls`, { text: "hi" });
  expect(status).toBe(200);
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(body).toMatchObject({
    agent: "echo",
    state: "COMPLETED",
    attempts: 1,
    input: { role: "USER", parts: [{ text: "hi" }] },
    output: { role: "AGENT", parts: [{ text: "hi" }] },
  });
  expect(await get(`${door.url}/v1/tasks/${body["id"]}`)).toMatchObject({ status: 200, body });
});

test("data and whole messages come through as they are", async () => {
  await using door = await startGateway();
  const data = { deep: [1, 2.5, null, { "": "é💥" }], yes: true };
  const one = await post(`${door.url}/v1/agents/echo/calls`, { data });
  expect(one.body["output"]).toMatchObject({ parts: [{ data }] });
  const message = { parts: [{ text: "a" }, { raw: "AAEC", mediaType: "x/y" }, { data: 5 }] };
  const two = await post(`${door.url}/v1/calls`, { agent: "echo", message });
  expect(two.body["output"]?.["parts"]).toMatchObject(message.parts);
});

test("respond-async answers 202 at once, and the task can be waited for", async () => {
  await using door = await startGateway();
  const { status, headers, body } = await post(
    `${door.url}/v1/agents/words/calls`,
    { text: "" },
    { prefer: "respond-async" },
  );
  expect(status).toBe(202);
  expect(headers.get("location")).toBe(`/v1/tasks/${body["id"]}`);
  expect(headers.get("preference-applied")).toBe("respond-async");
  const ended = await get(`${door.url}/v1/tasks/${body["id"]}?wait=10s`);
  expect(ended.body).toMatchObject({
    state: "COMPLETED",
    output: { parts: [{ text: "one two three" }] },
  });
});

test("a failed run is a FAILED task, with the reason and never a stack", async () => {
  await using door = await startGateway();
  const { status, body } = await post(`${door.url}/v1/agents/broken/calls`, { text: "" });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    state: "FAILED",
    error: { reason: "AGENT_FAILED", message: "out of luck", retryable: false },
  });
});

test("the same idempotency key runs once, whoever asks and however often", async () => {
  await using door = await startGateway();
  const before = runs.get("echo") ?? 0;
  const url = `${door.url}/v1/agents/echo/calls`;
  const key = { "idempotency-key": "once" };
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post(url, { text: "x" }, key)),
  );
  expect(new Set(answers.map(({ body }) => body["id"])).size).toBe(1);
  expect(runs.get("echo")).toBe(before + 1);
  const other = await post(url, { text: "y" }, key);
  expect(other.status).toBe(409);
  expect(other.body).toMatchObject({ reason: "IDEMPOTENCY_KEY_REUSED", status: 409 });
});

test("a call that has run and is no longer kept is not run again by its key", async () => {
  await using door = await startGateway({ limits: { memoryBytes: 30_000 } });
  const url = `${door.url}/v1/agents/echo/calls`;
  const key = { "idempotency-key": "forgotten" };
  const { body } = await post(url, { text: "x" }, key);
  while ((await get(`${door.url}/v1/tasks/${body["id"]}`)).status === 200) {
    await post(url, { text: "y".repeat(2_000) });
  }
  const before = runs.get("echo");
  const again = await post(url, { text: "x" }, key);
  expect(again).toMatchObject({
    status: 404,
    body: { reason: "TASK_NOT_FOUND", retryable: false },
  });
  expect(again.body["detail"]).toContain(`${body["id"]} ended COMPLETED`);
  expect(await post(url, { text: "z" }, key)).toMatchObject({ status: 409 });
  expect(runs.get("echo")).toBe(before);
});

test("a caller that goes away cancels its call; with a second one waiting it goes on", async () => {
  await using door = await startGateway();
  const url = `${door.url}/v1/agents/hang/calls`;
  const call = (signal: AbortSignal) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "shared" },
      body: '{"text":""}',
      signal,
    });
  const [first, second] = [new AbortController(), new AbortController()];
  const calls = [call(first.signal).catch(() => "gone"), call(second.signal).catch(() => "gone")];
  const running = async () =>
    (await get(`${door.url}/v1/tasks?states=WORKING&agent=hang`)).body["tasks"]?.[0]?.["id"];
  await expect.poll(running).toBeDefined();
  const id = String(await running());
  await expect.poll(() => begun).toContain(id);
  first.abort();
  await calls[0];
  expect(await running()).toBe(id);
  second.abort();
  await calls[1];
  await expect.poll(() => aborts).toContain(id);
  expect((await get(`${door.url}/v1/tasks/${id}`)).body).toMatchObject({ state: "CANCELED" });
});

test("a task is canceled once, and stays as it ended", async () => {
  await using door = await startGateway();
  const { body } = await post(
    `${door.url}/v1/agents/hang/calls`,
    { text: "" },
    { prefer: "respond-async" },
  );
  await expect.poll(() => begun).toContain(body["id"]);
  const canceled = await post(`${door.url}/v1/tasks/${body["id"]}/cancel`, { reason: "enough" });
  expect(canceled.body).toMatchObject({
    state: "CANCELED",
    error: { reason: "CANCELED", message: "enough" },
  });
  await expect.poll(() => aborts).toContain(body["id"]);
  const again = await post(`${door.url}/v1/tasks/${body["id"]}/cancel`, "");
  expect(again.body).toEqual(canceled.body);
});

test("the deadline reaches the agent and fails the task", async () => {
  await using door = await startGateway();
  const ended = await callUntilBegun(async (deadlineMs) => {
    const { body } = await post(
      `${door.url}/v1/agents/hang/calls`,
      { text: "" },
      { "request-timeout": String(deadlineMs / 1_000), prefer: "respond-async" },
    );
    return get(`${door.url}/v1/tasks/${body["id"]}?wait=30s`);
  });
  expect(ended.body).toMatchObject({ state: "FAILED", error: { reason: "DEADLINE_EXCEEDED" } });
  await expect.poll(() => aborts).toContain(ended.body["id"]);
});

test("a waiting call with a deadline answers when it is over", async () => {
  await using door = await startGateway();
  const { status, body } = await post(
    `${door.url}/v1/agents/hang/calls`,
    { text: "" },
    { "request-timeout": "0.1" },
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: "FAILED", error: { reason: "DEADLINE_EXCEEDED" } });
});

test("an agent that asks is answered, and the task goes on", async () => {
  await using door = await startGateway();
  const asked = await post(`${door.url}/v1/agents/greeter/calls`, { text: "" });
  expect(asked.body).toMatchObject({
    state: "INPUT_REQUIRED",
    prompt: { parts: [{ text: "What is your name?" }] },
  });
  const id = asked.body["id"];
  expect((await post(`${door.url}/v1/tasks/${id}/messages`, { text: "Ada" })).status).toBe(200);
  const ended = await get(`${door.url}/v1/tasks/${id}?wait=30s`);
  expect(ended.body).toMatchObject({
    state: "COMPLETED",
    output: { parts: [{ text: "Hello, Ada!" }] },
  });
  const late = await post(`${door.url}/v1/tasks/${id}/messages`, { text: "again" });
  expect(late).toMatchObject({ status: 409, body: { reason: "TASK_NOT_WAITING" } });
});

test("an agent calls another through the gateway, in the same conversation", async () => {
  await using door = await startGateway();
  const { body } = await post(`${door.url}/v1/agents/relay/calls`, { text: "" });
  expect(body).toMatchObject({
    state: "COMPLETED",
    output: { parts: [{ text: "through the gateway" }] },
  });
  const { body: page } = await get(`${door.url}/v1/tasks?contextId=${body["contextId"]}`);
  expect(listOf(page["tasks"]).map((task) => task["agent"])).toEqual(["echo", "relay"]);
});

test("tasks are listed by pages, agent and state", async () => {
  await using door = await startGateway();
  for (const text of ["a", "b", "c"]) await post(`${door.url}/v1/agents/echo/calls`, { text });
  await post(`${door.url}/v1/agents/broken/calls`, { text: "" });
  const first = await get(`${door.url}/v1/tasks?agent=echo&pageSize=2`);
  const next = encodeURIComponent(String(first.body["nextPageToken"]));
  const second = await get(`${door.url}/v1/tasks?agent=echo&pageSize=2&pageToken=${next}`);
  const texts = [first, second].flatMap(({ body }) =>
    listOf(body["tasks"]).map((task) => task["output"]?.["parts"]?.[0]?.["text"]),
  );
  expect(texts).toEqual(["c", "b", "a"]);
  expect(second.body["nextPageToken"]).toBe("");
  const failed = await get(`${door.url}/v1/tasks?states=FAILED&states=CANCELED`);
  expect(failed.body["tasks"]).toMatchObject([{ agent: "broken" }]);
});

test("agents, their cards and instances are listed", async () => {
  await using door = await startGateway();
  const { body } = await get(`${door.url}/v1/agents`);
  expect(listOf(body["agents"]).map(({ name }) => name)).toEqual([
    "broken",
    "echo",
    "greeter",
    "hang",
    "relay",
    "words",
  ]);
  const card = await get(`${door.url}/v1/agents/words/card`);
  expect(card.body).toMatchObject({ name: "words", streaming: true });
  const instances = await get(`${door.url}/v1/agents/words/instances`);
  expect(instances.body["instances"]).toMatchObject([{ state: "READY", upstream: "IN_PROCESS" }]);
});

test("a stream is numbered, ends with end, and resumes after a cursor", async () => {
  await using door = await startGateway();
  const response = await fetch(`${door.url}/v1/agents/words/calls/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"text":""}',
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const watch = response.headers.get("content-location");
  const events = readEvents(await response.text());
  expect(events.map(({ event }) => event)).toEqual([
    "status",
    "outputDelta",
    "outputDelta",
    "outputDelta",
    "outputCompleted",
    "status",
    "end",
  ]);
  const resumed = await fetch(`${door.url}${watch}`, {
    headers: { "last-event-id": events[2]?.id ?? "" },
  });
  expect(readEvents(await resumed.text())).toEqual(events.slice(3).map(withoutEndTime));
  const lines = await fetch(`${door.url}${watch}`, { headers: { accept: "application/x-ndjson" } });
  expect((await lines.text()).trim().split("\n")).toHaveLength(7);
  const unknown = await get(`${door.url}${watch}?after=nonesuch.3`);
  expect(unknown).toMatchObject({ status: 410, body: { reason: "CURSOR_EXPIRED" } });
});

test("serves what operators and newcomers ask for", async () => {
  await using door = await startGateway();
  expect(await get(`${door.url}/healthz`)).toMatchObject({ status: 200, body: { status: "ok" } });
  expect((await get(`${door.url}/readyz`)).status).toBe(200);
  const openapi = await get(`${door.url}/openapi.json`);
  expect(openapi.body).toMatchObject({
    openapi: expect.stringMatching(/^3\.1/),
    servers: [{ url: "/" }],
  });
  expect(openapi.body).toHaveProperty(["paths", "/v1/agents/echo/calls", "post"]);
  const echo = await get(`${door.url}/v1/agents/echo/openapi.json`);
  expect(echo).toMatchObject({ status: 200, body: { info: { title: "echo" } } });
  const nobody = await get(`${door.url}/v1/agents/nobody/openapi.json`);
  expect(nobody).toMatchObject({ status: 404, body: { reason: "AGENT_NOT_FOUND" } });
  const docs = await fetch(`${door.url}/docs`);
  const page = await docs.text();
  expect(docs.headers.get("content-type")).toContain("text/html");
  for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect(path).toMatch(/^\//);
    expect((await fetch(`${door.url}${path}`)).status).toBe(200);
  }
});

function readEvents(
  text: string,
): { id: string | undefined; event: string | undefined; data: string }[] {
  return text
    .split("\n\n")
    .filter((block) => block.includes("data:"))
    .map((block) => ({
      id: /^id: ?(.*)$/m.exec(block)?.[1],
      event: /^event: ?(.*)$/m.exec(block)?.[1],
      data: /^data: ?(.*)$/m.exec(block)?.[1] ?? "",
    }))
    .map(withoutEndTime);
}

function withoutEndTime<T extends { event: string | undefined; data: string }>(event: T): T {
  return event.event === "end" ? { ...event, data: "" } : event;
}
