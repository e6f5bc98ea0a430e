import { fixtures } from "@smartcall/msw";
import { expect, test, vi } from "vitest";
import { Smartcall, type SmartcallOptions } from "../index.js";

/** A client whose requests are kept and answered by `answer`, the task of a call by default. */
function clientOf(
  options: SmartcallOptions = {},
  answer: (request: Request) => Response | Promise<Response> = () =>
    Response.json(fixtures.call.response),
) {
  const requests: Request[] = [];
  const smartcall = new Smartcall({
    retryDelayMs: 0,
    ...options,
    fetch: async (request) => {
      requests.push(request.clone());
      return answer(request);
    },
  });
  return { smartcall, requests };
}

/** Never answers, and fails as `fetch` does when its signal aborts. */
function hang(request: Request): Promise<Response> {
  return new Promise((_, reject) => {
    request.signal.addEventListener("abort", () => reject(request.signal.reason));
  });
}

test.each([
  { name: "a text", input: "hi", want: { text: "hi" } },
  { name: "an empty text", input: "", want: { text: "" } },
  { name: "data", input: { data: null }, want: { data: null } },
  {
    name: "a message",
    input: { message: { parts: [{ text: "hi" }] } },
    want: { message: { parts: [{ text: "hi" }] } },
  },
])("$name is sent as the body of a call", async ({ input, want }) => {
  const { smartcall, requests } = clientOf();
  await smartcall.call("summarizer", input);
  expect(requests[0]?.method).toBe("POST");
  expect(requests[0]?.url).toBe("http://127.0.0.1:8080/v1/agents/summarizer/calls");
  expect(requests[0]?.headers.get("content-type")).toBe("application/json");
  expect(await requests[0]?.json()).toEqual({ ...want, onDisconnect: "CANCEL_AFTER_GRACE" });
});

test("a call sends its options as the contract has them", async () => {
  const { smartcall, requests } = clientOf({
    token: "t-1",
    headers: { "x-a": "1", "x-b": "1" },
    now: () => 0,
  });
  await smartcall.call("summarizer", "hi", {
    contextId: "c-1",
    metadata: { order: 7 },
    idempotencyKey: "k-1",
    respondAsync: true,
    timeoutMs: 1500,
    headers: { "x-b": "2" },
  });
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
    authorization: "Bearer t-1",
    "idempotency-key": "k-1",
    prefer: "respond-async",
    "request-timeout": "1.500",
    "x-a": "1",
    "x-b": "2",
  });
  expect(await requests[0]?.json()).toEqual({
    text: "hi",
    contextId: "c-1",
    metadata: { order: 7 },
  });
});

test("nothing is sent that was not asked for", async () => {
  const { smartcall, requests } = clientOf();
  await smartcall.call("summarizer", "hi", { maxRetries: 0 });
  expect([...(requests[0]?.headers.keys() ?? [])]).toEqual(["content-type", "idempotency-key"]);
  expect(await requests[0]?.json()).toEqual({ text: "hi" });
});

test("a token that is a function is asked for each request", async () => {
  let count = 0;
  const { smartcall, requests } = clientOf({ token: async () => `t-${++count}` });
  await smartcall.tasks.get("a");
  await smartcall.tasks.get("a");
  expect(requests.map((request) => request.headers.get("authorization"))).toEqual([
    "Bearer t-1",
    "Bearer t-2",
  ]);
});

test("waiting for a task is said in seconds", async () => {
  const { smartcall, requests } = clientOf();
  await smartcall.tasks.get("a", { waitMs: 2500 });
  expect(requests[0]?.url).toBe("http://127.0.0.1:8080/v1/tasks/a?wait=2.5s");
});

test.each([
  {
    name: "of the option",
    options: { url: "https://a.test/agents/" },
    want: "https://a.test/agents",
  },
  { name: "of the environment", options: {}, want: "http://env.test" },
])("the gateway is that $name", async ({ options, want }) => {
  vi.stubEnv("SMARTCALL_URL", "http://env.test");
  const { smartcall, requests } = clientOf(options);
  vi.unstubAllEnvs();
  await smartcall.tasks.get("a");
  expect(requests[0]?.url).toBe(`${want}/v1/tasks/a`);
});

test("a time limit rejects with DEADLINE_EXCEEDED and gives the request up", async () => {
  const { smartcall, requests } = clientOf({ timeoutMs: 10, now: () => 0 }, hang);
  await expect(smartcall.call("summarizer", "hi")).rejects.toMatchObject({
    reason: "DEADLINE_EXCEEDED",
  });
  expect(requests[0]?.headers.get("request-timeout")).toBe("0.010");
});

test("a limit without end lifts that of the client", async () => {
  const { smartcall, requests } = clientOf({ timeoutMs: 10 });
  await smartcall.tasks.get("a", { timeoutMs: Number.POSITIVE_INFINITY });
  expect(requests[0]?.headers.get("request-timeout")).toBeNull();
});

test("a limit of more than a timer can wait sets none: it would fire at once", async () => {
  const timers = vi.spyOn(globalThis, "setTimeout");
  const { smartcall } = clientOf();
  await smartcall.tasks.get("a", { timeoutMs: 2 ** 31 });
  expect(timers).not.toHaveBeenCalled();
  timers.mockRestore();
});

test("a time limit holds for a body that never ends, too", async () => {
  const { smartcall } = clientOf({}, () => new Response(new ReadableStream({})));
  await expect(smartcall.tasks.get("a", { timeoutMs: 10 })).rejects.toMatchObject({
    reason: "DEADLINE_EXCEEDED",
  });
});

test("a signal rejects with CANCELED and keeps its reason", async () => {
  const controller = new AbortController();
  const { smartcall } = clientOf({}, (request) => {
    controller.abort("enough");
    return hang(request);
  });
  await expect(
    smartcall.call("summarizer", "hi", { signal: controller.signal }),
  ).rejects.toMatchObject({ reason: "CANCELED", cause: "enough" });
});

test("a signal that has aborted already sends nothing", async () => {
  const { smartcall, requests } = clientOf();
  await expect(
    smartcall.call("summarizer", "hi", { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ reason: "CANCELED" });
  expect(requests).toEqual([]);
});

test("a signal is left without listeners, however many requests it served", async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  const { smartcall } = clientOf();
  for (let count = 0; count < 3; count++) await smartcall.tasks.get("a", { signal });
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
});

test.each([
  {
    name: "a problem",
    answer: () =>
      Response.json(
        {
          reason: "INVALID_ARGUMENT",
          detail: "text is no string",
          requestId: "r-1",
          retryable: false,
          errors: [{ pointer: "/text", detail: "a string" }],
        },
        { status: 400, headers: { "content-type": "application/problem+json" } },
      ),
    want: {
      reason: "INVALID_ARGUMENT",
      status: 400,
      message: "text is no string",
      requestId: "r-1",
      errors: [{ pointer: "/text", detail: "a string" }],
    },
  },
  {
    name: "a gateway that is busy",
    answer: () =>
      Response.json(
        { reason: "AGENT_BUSY", retryable: true },
        { status: 503, headers: { "retry-after": "2", "x-request-id": "r-2" } },
      ),
    want: { reason: "AGENT_BUSY", retryable: true, retryAfterMs: 2000, requestId: "r-2" },
  },
  {
    name: "a proxy's page",
    answer: () => new Response("<h1>Too many</h1>", { status: 429 }),
    want: { reason: "RATE_LIMITED", status: 429 },
  },
  {
    name: "no body at all",
    answer: () => new Response(null, { status: 401, headers: { "content-length": "0" } }),
    want: { reason: "UNAUTHENTICATED", status: 401 },
  },
  {
    name: "a success without a body",
    answer: () => new Response(null, { status: 204 }),
    want: { reason: "INTERNAL", status: 204 },
  },
  {
    name: "a success that is not JSON",
    answer: () => new Response("<html>", { status: 200 }),
    want: { reason: "INTERNAL", message: expect.stringContaining("is not JSON") },
  },
  {
    name: "a gateway that is not there",
    answer: () => Promise.reject(new TypeError("fetch failed")),
    want: {
      reason: "GATEWAY_UNREACHABLE",
      retryable: false,
      message: expect.stringContaining("http://127.0.0.1:8080 cannot be reached"),
    },
  },
])("$name is an error with a reason", async ({ answer, want }) => {
  const { smartcall } = clientOf({}, answer);
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject(want);
});

test.each(["", ".", ".."])("the name %j is refused before it changes the path", async (name) => {
  const { smartcall, requests } = clientOf();
  for (const run of [
    () => smartcall.call(name, "hi"),
    () => smartcall.agents.get(name),
    () => smartcall.tasks.get(name),
    () => smartcall.tasks.cancel(name),
    () => smartcall.tasks.send(name, "hi"),
  ]) {
    await expect(run()).rejects.toMatchObject({ reason: "INVALID_ARGUMENT" });
  }
  expect(requests).toEqual([]);
});
