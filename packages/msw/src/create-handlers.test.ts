import { SmartcallError } from "@smartcall/protocol";
import { openApiDocument } from "@smartcall/protocol/openapi-document";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { misfits, schemaAt } from "../test/schemas.js";
import { routes } from "./gen/routes.js";
import { createHandlers, fixtures, problemResponse } from "./index.js";

const baseUrl = "http://gateway.test";
const server = setupServer(...createHandlers({ baseUrl }));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const isProblem = schemaAt("components", "schemas", "Problem");
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(baseUrl + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

test("every operation of the document has a route, and no other", () => {
  const paths = openApiDocument["paths"] as Record<string, Record<string, unknown>>;
  const documented = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
  );
  const routed = routes.map(({ method, path }) => `${method} ${path}`);
  expect(routed.toSorted()).toEqual(documented.toSorted());
});

test.each(routes)("$id answers what its schema says", async ({ id, method, path }) => {
  const fixture: { request?: unknown; response?: unknown; events?: unknown } = fixtures[id];
  const response = await fetch(
    baseUrl +
      path
        .replace(":agent", "summarizer")
        .replace(
          ":task",
          id === "sendMessage" ? fixtures[id].response.id : fixtures.call.response.id,
        ),
    {
      method: method.toUpperCase(),
      ...(fixture.request === undefined
        ? {}
        : {
            headers: { "content-type": "application/json" },
            body: JSON.stringify(fixture.request),
          }),
    },
  );
  expect(response.status).toBe(200);
  expect(response.headers.get("x-request-id")).not.toBe("");
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  const place = ["paths", path.replace(/:(\w+)/g, "{$1}"), method, "responses", "200"];
  const schema = schemaAt(...place, "content", type, "schema");
  const body = type === "application/json" ? await response.json() : await response.text();
  expect(misfits(schema, body)).toBe("");
});

test("a call that prefers not to wait answers 202 and where the task is", async () => {
  const response = await post(
    "/v1/agents/summarizer/calls",
    { text: "…" },
    {
      prefer: "respond-async, wait=10",
    },
  );
  expect(response.status).toBe(202);
  expect(response.headers.get("location")).toBe(`/v1/tasks/${fixtures.call.accepted.id}`);
  expect(response.headers.get("preference-applied")).toBe("respond-async");
  expect(await response.json()).toEqual(fixtures.call.accepted);
});

test("a target is the agent that the body names", async () => {
  const response = await post("/v1/calls", { agent: "calculator", data: {} });
  expect(await response.json()).toMatchObject({ agent: "calculator" });
});

test.each([
  { method: "GET", path: "/v1/agents/nobody", reason: "AGENT_NOT_FOUND", status: 404 },
  { method: "GET", path: "/v1/agents/nobody/card", reason: "AGENT_NOT_FOUND", status: 404 },
  { method: "DELETE", path: "/v1/agents/nobody", reason: "AGENT_NOT_FOUND", status: 404 },
  { method: "POST", path: "/v1/agents/nobody/calls", reason: "AGENT_NOT_FOUND", status: 404 },
  {
    method: "POST",
    path: "/v1/agents/nobody/calls/stream",
    reason: "AGENT_NOT_FOUND",
    status: 404,
  },
  { method: "GET", path: "/v1/tasks/none", reason: "TASK_NOT_FOUND", status: 404 },
  { method: "GET", path: "/v1/tasks/none/events", reason: "TASK_NOT_FOUND", status: 404 },
  { method: "POST", path: "/v1/tasks/none/cancel", reason: "TASK_NOT_FOUND", status: 404 },
  {
    method: "POST",
    path: `/v1/tasks/${fixtures.call.response.id}/messages`,
    reason: "TASK_NOT_WAITING",
    status: 409,
  },
])("$method $path is refused with $reason", async ({ method, path, reason, status }) => {
  const response = await fetch(baseUrl + path, { method, headers: { "x-request-id": "r-1" } });
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = await response.json();
  expect(problem).toMatchObject({ reason, status, instance: path, requestId: "r-1" });
  expect(misfits(isProblem, problem)).toBe("");
});

test.each([
  { name: "broken JSON", type: "application/json", body: "{", reason: "INVALID_ARGUMENT" },
  {
    name: "JSON that is no object",
    type: "application/json",
    body: "1",
    reason: "INVALID_ARGUMENT",
  },
  { name: "a form", type: "text/plain", body: "text=a", reason: "UNSUPPORTED_MEDIA_TYPE" },
])("$name is refused", async ({ type, body, reason }) => {
  const response = await fetch(`${baseUrl}/v1/agents/summarizer/calls`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  expect(await response.json()).toMatchObject({ reason });
});

test("a stream is server-sent events with the cursor as id, and ends with end", async () => {
  const response = await post("/v1/agents/summarizer/calls/stream", { text: "…" });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("content-location")).toMatch(/^\/v1\/tasks\/\w+\/events$/);
  const events = (await response.text()).split("\n\n").filter((event) => event !== "");
  expect(events[0]).toMatch(/^id: k3v9\.1\nevent: status\ndata: \{"taskId":/);
  expect(events).toHaveLength(fixtures.streamCall.events.length);
  expect(events.at(-1)).toMatch(/^event: end\ndata: .*"end":\{"reason":"TERMINAL"\}/);
});

test("a stream is lines of JSON where Accept says so", async () => {
  const response = await post(
    "/v1/calls/stream",
    { agent: "calculator", text: "1" },
    { accept: "application/x-ndjson" },
  );
  const lines = (await response.text()).trimEnd().split("\n");
  expect(lines.map((line) => Object.keys(JSON.parse(line)).at(-1))).toEqual(["snapshot", "end"]);
});

test.each([
  { name: "Last-Event-ID", query: "", headers: { "last-event-id": "k3v9.3" } },
  { name: "after", query: "?after=k3v9.3", headers: {} },
])("a stream begins after the cursor of $name", async ({ query, headers }) => {
  const path = `/v1/tasks/${fixtures.call.response.id}/events${query}`;
  const text = await (await fetch(baseUrl + path, { headers })).text();
  expect(text.match(/^(id|event): .*/gm)).toEqual([
    "id: k3v9.4",
    "event: outputCompleted",
    "id: k3v9.5",
    "event: status",
    "event: end",
  ]);
});

test("a list has filters and pages", async () => {
  const first = await (await fetch(`${baseUrl}/v1/agents?pageSize=1`)).json();
  expect(first.agents).toHaveLength(1);
  const query = `pageSize=1&pageToken=${first.nextPageToken}`;
  const second = await (await fetch(`${baseUrl}/v1/agents?${query}`)).json();
  expect(second).toMatchObject({ agents: [{ name: "summarizer" }], nextPageToken: "" });

  const failed = await (await fetch(`${baseUrl}/v1/tasks?states=FAILED&states=REJECTED`)).json();
  expect(failed.tasks).toEqual([fixtures.listTasks.response.tasks[1]]);
});

test("an override is a body, a function of the request, an error or a whole response", async () => {
  const working = { ...fixtures.call.response, state: "WORKING" as const };
  server.use(
    ...createHandlers({
      baseUrl,
      overrides: {
        getTask: working,
        call: ({ body }) => ({ ...working, metadata: { said: body["text"] } }),
        watchTask: () => fixtures.watchTask.events.slice(0, 1),
        getAgent: () => {
          throw new SmartcallError({ reason: "AGENT_BUSY", retryAfterMs: 1500 });
        },
        cancelTask: ({ request }) => problemResponse(request, { reason: "DRAINING" }),
      },
    }),
  );
  expect(await (await fetch(`${baseUrl}/v1/tasks/any`)).json()).toEqual(working);
  expect(await (await post("/v1/agents/any/calls", { text: "hi" })).json()).toMatchObject({
    metadata: { said: "hi" },
  });
  expect(
    (await (await fetch(`${baseUrl}/v1/tasks/any/events`)).text()).match(/^id/gm),
  ).toHaveLength(1);
  const busy = await fetch(`${baseUrl}/v1/agents/any`);
  expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "2"]);
  expect((await post("/v1/tasks/any/cancel", {})).status).toBe(503);
});
