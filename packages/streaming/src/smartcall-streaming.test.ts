import type { Transport } from "@connectrpc/connect";
import { SmartcallError } from "@smartcall/protocol";
import { expect, onTestFinished, test, vi } from "vitest";
import { atOnce, clientOf, collect, placesOf, whole } from "../test/fake-client.js";
import { createFakeGateway, createLog, endAt, type Fault } from "../test/fake-gateway.js";
import { connectTransport } from "./connect.js";
import type { WireEvent } from "./events/wire-event.js";
import type { StreamingOptions } from "./index.js";

const never = new Promise<never>(() => {});

/** A transport of Connect that gets nowhere. */
const nowhere: Transport = { unary: () => never, stream: () => never };

test("a stream is its events, flat, and the end as the last", async () => {
  const { smartcall, open } = clientOf({ count: 3 });
  const events = await collect(smartcall.stream("eliza", "hello"));
  const place = { taskId: "t1", time: "2026-11-23T09:30:00Z" };
  expect(events).toEqual([
    { type: "status", ...place, cursor: "e1.1", state: "WORKING", attempt: 1 },
    { type: "outputDelta", ...place, cursor: "e1.2", text: "2 ü\n" },
    { type: "status", ...place, cursor: "e1.3", state: "COMPLETED", attempt: 1 },
    { type: "end", ...place, time: "2026-11-23T09:30:01Z", cursor: "e1.3", reason: "TERMINAL" },
  ]);
  expect(open.size).toBe(0);
});

test("a call is sent as the contract has it, with a key of its own", async () => {
  const { smartcall, requests } = clientOf({ options: { token: async () => "t-1" } });
  await smartcall
    .stream("a b", { data: 1 }, { contextId: "c", metadata: { a: 1 }, onDisconnect: "CANCEL" })
    .result();
  const [request] = requests;
  expect(request?.url).toBe("http://gateway.test/v1/agents/a%20b/calls/stream");
  expect(Object.fromEntries(request?.headers ?? [])).toEqual({
    accept: "text/event-stream",
    authorization: "Bearer t-1",
    "content-type": "application/json",
    "idempotency-key": expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(await request?.json()).toEqual({
    data: 1,
    contextId: "c",
    metadata: { a: 1 },
    onDisconnect: "CANCEL",
  });
});

test("a stream that is left is to be gone on with after the event that was read last", async () => {
  const { smartcall } = clientOf({ count: 6 });
  const stream = smartcall.stream("eliza", "hello");
  const cursors: (string | undefined)[] = [stream.cursor];
  for await (const _event of stream) {
    cursors.push(stream.cursor);
    if (cursors.length === 4) break;
  }
  expect(cursors).toEqual([undefined, "e1.1", "e1.2", "e1.3"]);
  expect(stream.cursor).toBe("e1.3");
});

test("nothing is sent before the first event is asked for", async () => {
  const { smartcall, requests } = clientOf();
  const stream = smartcall.stream("eliza", "hello");
  await stream.cancel("not now");
  expect(requests).toEqual([]);
  await expect(stream.text()).rejects.toMatchObject({ reason: "CANCELED", message: "not now" });
});

test("a gateway that takes a request and says nothing is asked again", async () => {
  const gateway = createFakeGateway(createLog(6));
  let silent = 2;
  const fetch = (request: Request): Promise<Response> => {
    if (silent-- <= 0) return gateway.fetch(request);
    return new Promise((_resolve, reject) => {
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
    });
  };
  const { smartcall } = clientOf({ options: { fetch, idleTimeoutMs: 100 } });
  const events = await collect(smartcall.stream("eliza", "hello"));
  expect(placesOf(events)).toEqual(["reconnecting", "reconnecting", "connected", ...whole]);
});

test("a gateway that is asked to cancel and says nothing fails the cancel, not the stream", async () => {
  const gateway = createFakeGateway(createLog(6), [{ chunkBytes: 40 }]);
  const fetch = (request: Request): Promise<Response> => {
    if (!request.url.endsWith("/cancel")) return gateway.fetch(request);
    return new Promise((_resolve, reject) => {
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
    });
  };
  const { smartcall } = clientOf({ options: { fetch, idleTimeoutMs: 100 } });
  const stream = smartcall.stream("eliza", "hello");
  for await (const event of stream) {
    if (event.type !== "status" || event.state !== "WORKING") continue;
    await expect(stream.cancel()).rejects.toMatchObject({ reason: "STREAM_TRUNCATED" });
  }
  expect((await stream.result()).state).toBe("COMPLETED");
});

test("a cut at any byte leaves no gap and repeats nothing", async () => {
  const { log } = clientOf({ count: 6 });
  let length = 0;
  for (let cutAt = 0; cutAt === 0 || cutAt <= length; cutAt += 1) {
    const isBroken = cutAt % 2 === 0;
    const { smartcall, requests, open } = clientOf({ faults: [{ cutAt, isBroken }] });
    if (cutAt === 0) {
      const answer = await createFakeGateway(log).fetch(new Request("http://a.test"));
      length = (await answer.arrayBuffer()).byteLength;
    }
    const events = await collect(smartcall.stream("eliza", "hello"));
    const places = placesOf(events.filter(({ type }) => type !== "connection"));
    expect(places, `cut at ${cutAt}`).toEqual(whole);
    expect(open.size).toBe(0);
    expect(requests.length).toBe(cutAt < length ? 2 : 1);
    // What was known of the task decides how it is taken up again.
    const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
    if (requests[1]?.method === "POST") expect(keys[1]).toBe(keys[0]);
    else if (requests[1]) expect(requests[1].url).toBe("http://gateway.test/v1/tasks/t1/events");
  }
});

test.each([1, 2, 3, 7])("chunks of %i bytes are read as they are meant", async (chunkBytes) => {
  const { smartcall, requests } = clientOf({ faults: [{ chunkBytes }] });
  expect(placesOf(await collect(smartcall.stream("eliza", "hello")))).toEqual(whole);
  expect(requests).toHaveLength(1);
});

test("trouble is told, and only trouble", async () => {
  const faults = [{ cutAt: 200 }, { isUnreachable: true }];
  const { smartcall } = clientOf({ faults });
  const events = await collect(smartcall.stream("eliza", "hello"));
  expect(placesOf(events)).toEqual([
    "e1.1",
    "reconnecting",
    "reconnecting",
    "connected",
    ...whole.slice(1),
  ]);
  expect(events.filter(({ type }) => type === "connection")).toEqual([
    {
      type: "connection",
      state: "reconnecting",
      attempt: 1,
      delayMs: 0,
      error: expect.objectContaining({ reason: "STREAM_TRUNCATED" }),
    },
    {
      type: "connection",
      state: "reconnecting",
      attempt: 2,
      delayMs: 0,
      error: expect.objectContaining({ reason: "GATEWAY_UNREACHABLE" }),
    },
    { type: "connection", state: "connected", attempt: 2 },
  ]);
});

test.each<{ name: string; fault: Fault }>([
  { name: "an event that is missing", fault: { twist: (log) => log.toSpliced(2, 1) } },
  {
    name: "events in another order",
    fault: { twist: (log) => [...log.slice(0, 2), ...log.slice(2, 4).reverse(), ...log.slice(4)] },
  },
  { name: "an end too soon", fault: { twist: (log) => [...log.slice(0, 2), ...log.slice(-1)] } },
  { name: "an end too late", fault: { twist: (log) => log.with(-1, endAt("e1.9")) } },
  {
    name: "an event of another task",
    fault: { twist: (log) => log.with(2, { ...log[2], taskId: "t2" } as never) },
  },
  {
    name: "an event of another epoch",
    fault: { twist: (log) => log.with(2, { ...log[2], cursor: "e2.3" } as never) },
  },
  {
    name: "an event without a place",
    fault: { twist: (log) => log.with(2, { ...log[2], cursor: "here" } as never) },
  },
  {
    name: "a merged event that begins before the place",
    fault: { twist: (log) => log.with(3, { ...log[3], merged: 2 } as never) },
  },
  {
    name: "a snapshot without a gap",
    fault: {
      twist: (log) => log.with(3, { ...log[3], outputDelta: undefined, snapshot: {} } as never),
    },
  },
  { name: "silence", fault: { stallAt: 500 } },
  {
    name: "an end that asks to come back",
    fault: { twist: (log) => [...log.slice(0, 2), endAt("e1.2", "DRAINING")] },
  },
  {
    name: "an end of a slow reader",
    fault: { twist: (log) => [...log.slice(0, 2), endAt("e1.2", "SLOW_CONSUMER")] },
  },
  {
    name: "a proxy's page",
    fault: { answer: new Response("<h1>Bad Gateway</h1>", { status: 502 }) },
  },
  {
    name: "an answer that is no stream",
    fault: { answer: new Response("Sign in to this network", { status: 200 }) },
  },
  {
    name: "a busy agent",
    fault: { answer: Response.json({ reason: "AGENT_BUSY", retryable: true }, { status: 503 }) },
  },
])("$name is mended by another connection", async ({ fault }) => {
  const { smartcall, requests, open } = clientOf({
    faults: [fault],
    options: { idleTimeoutMs: 100 },
  });
  const events = await collect(smartcall.stream("eliza", "hello"));
  expect(placesOf(events.filter(({ type }) => type !== "connection"))).toEqual(whole);
  expect(requests).toHaveLength(2);
  expect(open.size).toBe(0);
});

test("events that come twice are told once", async () => {
  const fault: Fault = { twist: (log) => log.flatMap((event) => [event, event]) };
  const { smartcall, requests } = clientOf({ faults: [fault] });
  expect(placesOf(await collect(smartcall.stream("eliza", "hello")))).toEqual(whole);
  expect(requests).toHaveLength(1);
});

test("an event that stands for several is one step", async () => {
  const fault: Fault = {
    twist: (log) =>
      log.toSpliced(1, 3, { ...log[3], merged: 3, outputDelta: { text: "2 3 4" } } as never),
  };
  const { smartcall, requests } = clientOf({ faults: [fault] });
  const events = await collect(smartcall.stream("eliza", "hello"));
  expect(placesOf(events)).toEqual(["e1.1", "e1.4", "e1.5", "e1.6", "end"]);
  expect(events[1]).toMatchObject({ merged: 3, text: "2 3 4" });
  expect(requests).toHaveLength(1);
});

test("a gap and its snapshot are told together, and the place is the snapshot's", async () => {
  const place = { taskId: "t1", time: "" };
  const task = { id: "t1", state: "WORKING", output: { parts: [{ text: "so far " }] } };
  const fault: Fault = {
    twist: (log) => [
      { ...place, cursor: "e1.1", gap: { after: "e1.1" } },
      { ...place, cursor: "e1.4", snapshot: { task } },
      ...log.slice(-3),
    ],
  };
  const { smartcall, requests } = clientOf({ faults: [{ cutAt: 200 }, fault] });
  const stream = smartcall.stream("eliza", "hello", { onGap: "SNAPSHOT" });
  const events = await collect(stream);
  expect(placesOf(events)).toEqual([
    "e1.1",
    "reconnecting",
    "connected",
    "gap",
    "e1.4",
    "e1.5",
    "e1.6",
    "end",
  ]);
  expect(requests[1]?.url).toBe("http://gateway.test/v1/tasks/t1/events?onGap=SNAPSHOT");
  expect(await stream.text()).toBe("so far 5 ü\n");
});

test("a kind and a field that this version does not know are handed on", async () => {
  const fault: Fault = {
    twist: (log) =>
      log.with(1, { ...log[1], outputDelta: undefined, thought: { depth: 3 } } as never),
  };
  const { smartcall } = clientOf({ faults: [fault] });
  const events = await collect(smartcall.stream("eliza", "hello"));
  expect(events[1]).toMatchObject({ type: "thought", depth: 3, cursor: "e1.2" });
});

test.each<{ name: string; faults: Fault[]; want: object; sent: number }>([
  {
    name: "a refusal before the first event",
    faults: [{ answer: Response.json({ reason: "AGENT_NOT_FOUND" }, { status: 404 }) }],
    want: { reason: "AGENT_NOT_FOUND", status: 404 },
    sent: 1,
  },
  {
    name: "a gateway that is not there",
    faults: Array(9).fill({ isUnreachable: true }),
    want: { reason: "GATEWAY_UNREACHABLE" },
    sent: 3,
  },
  {
    name: "a refusal that lasts",
    faults: Array.from({ length: 9 }, () => ({
      answer: Response.json({ reason: "AGENT_BUSY", retryable: true }, { status: 503 }),
    })),
    want: { reason: "AGENT_BUSY", retryable: true },
    sent: 5,
  },
  {
    name: "a place that is no longer kept",
    faults: [
      { cutAt: 200 },
      { answer: Response.json({ reason: "CURSOR_EXPIRED" }, { status: 410 }) },
    ],
    want: { reason: "CURSOR_EXPIRED", taskId: "t1", cursor: "e1.1" },
    sent: 2,
  },
  {
    name: "a task that is gone",
    faults: [
      { cutAt: 200 },
      { answer: Response.json({ reason: "TASK_NOT_FOUND" }, { status: 404 }) },
    ],
    want: {
      reason: "STREAM_TRUNCATED",
      taskId: "t1",
      cursor: "e1.1",
      cause: expect.objectContaining({ reason: "TASK_NOT_FOUND" }),
    },
    sent: 2,
  },
  {
    name: "a stream that is cut again and again",
    faults: [{ cutAt: 200 }, ...Array(9).fill({ cutAt: 10 })],
    want: { reason: "STREAM_TRUNCATED", taskId: "t1", cursor: "e1.1" },
    sent: 5,
  },
  {
    name: "a stream that says again and again what went wrong, and nothing else",
    faults: Array(9).fill({
      twist: ([first]: readonly WireEvent[]) => [
        ...(first?.cursor === "e1.1" ? [first] : []),
        { taskId: "t1", cursor: "e1.1", time: "", error: { reason: "INTERNAL" } },
      ],
    }),
    want: { reason: "STREAM_TRUNCATED", taskId: "t1", cursor: "e1.1" },
    sent: 5,
  },
  {
    name: "a problem in the middle",
    faults: [
      {
        twist: (log) => [
          ...log.slice(0, 1),
          { reason: "INTERNAL", status: 500, detail: "broken" } as never,
        ],
      },
    ],
    want: { reason: "STREAM_TRUNCATED", cause: expect.objectContaining({ message: "broken" }) },
    sent: 1,
  },
])("$name is an error", async ({ faults, want, sent }) => {
  const reconnect = { ...atOnce, maxAttempts: 4 };
  const { smartcall, requests, open } = clientOf({ faults, options: { reconnect } });
  const error = await smartcall
    .stream("eliza", "hello")
    .text()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SmartcallError);
  expect(error).toMatchObject(want);
  expect(requests).toHaveLength(sent);
  expect(open.size).toBe(0);
});

test("each connection asks for a fresh token, and one that cannot be had is asked for again", async () => {
  let count = 0;
  const token = async () => {
    count += 1;
    if (count === 2) throw new Error("no network");
    return `t-${count}`;
  };
  const fault: Fault = { twist: (log) => [...log.slice(0, 2), endAt("e1.2", "AUTH_EXPIRED")] };
  const { smartcall, requests } = clientOf({ faults: [fault], options: { token } });
  await smartcall.stream("eliza", "hello").text();
  expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([
    "Bearer t-1",
    "Bearer t-3",
  ]);
});

test("tries are spread by full jitter, and wait a little longer than the gateway asks", async () => {
  const busy = (seconds: string) =>
    Response.json(
      { reason: "AGENT_BUSY", retryable: true },
      { status: 503, headers: { "retry-after": seconds } },
    );
  const faults: Fault[] = [
    { cutAt: 200 },
    { isUnreachable: true },
    { isUnreachable: true },
    { answer: busy("0.05") },
  ];
  const reconnect = { baseDelayMs: 2, random: () => 0.5 };
  const { smartcall } = clientOf({ faults, options: { reconnect } });
  const events = await collect(smartcall.stream("eliza", "hello"));
  const delays = events.flatMap((event) =>
    event.type === "connection" && event.state === "reconnecting" ? [event.delayMs] : [],
  );
  expect(delays).toEqual([1, 2, 4, 56]);
});

test("disposing of a stream closes the connection, also while somebody waits for an event", async () => {
  const { smartcall, open } = clientOf({ faults: [{ stallAt: 200 }] });
  const stream = smartcall.stream("eliza", "hello");
  const events = stream[Symbol.asyncIterator]();
  await events.next();
  const next = events.next();
  await stream[Symbol.asyncDispose]();
  await expect(next).rejects.toMatchObject({ reason: "CANCELED" });
  expect(open.size).toBe(0);
});

test.each([
  { name: "a signal", reason: "CANCELED", limit: () => ({ signal: AbortSignal.timeout(20) }) },
  { name: "a time limit", reason: "DEADLINE_EXCEEDED", limit: () => ({ timeoutMs: 20 }) },
])("$name ends a stream that waits for an event, or for its next try", async (given) => {
  const { reason, limit } = given;
  for (const faults of [[{ stallAt: 200 }], [{ cutAt: 200 }, ...Array(9).fill({ cutAt: 0 })]]) {
    const options = { reconnect: { baseDelayMs: 100_000, random: () => 1 } };
    const { smartcall, open } = clientOf({ faults, options });
    const stream = smartcall.stream("eliza", "hello", limit());
    await expect(stream.text()).rejects.toMatchObject({ reason });
    expect(open.size).toBe(0);
  }
});

test.each<{ name: string; options: StreamingOptions }>([
  { name: "a token that never comes", options: { token: () => new Promise(() => {}) } },
  { name: "a fetch that hears of no signal", options: { fetch: () => new Promise(() => {}) } },
  {
    name: "a token that never comes, over a WebSocket",
    options: { token: () => new Promise(() => {}), transport: "websocket" },
  },
  {
    name: "a token that never comes, over Connect",
    options: { token: () => new Promise(() => {}), transport: connectTransport(nowhere) },
  },
])("a time limit ends a stream that waits for $name", async ({ options }) => {
  const { smartcall } = clientOf({ options: { idleTimeoutMs: 60_000, ...options } });
  const stream = smartcall.stream("eliza", "hello", { timeoutMs: 20 });
  await expect(stream.text()).rejects.toMatchObject({ reason: "DEADLINE_EXCEEDED" });
});

test("a fetch that hears of no signal is given up when it is silent", async () => {
  const { smartcall, requests } = clientOf({
    options: { idleTimeoutMs: 100, token: vi.fn(async () => "t").mockReturnValueOnce(never) },
  });
  await smartcall.stream("eliza", "hello").text();
  expect(requests).toHaveLength(1);
});

test("leaving an iterator closes the connection, also while it waits for an event", async () => {
  const { smartcall, open } = clientOf({ faults: [{ stallAt: 200 }] });
  const events = smartcall.stream("eliza", "hello")[Symbol.asyncIterator]();
  await events.next();
  const next = events.next();
  expect(await events.return()).toEqual({ done: true, value: undefined });
  expect(await next).toEqual({ done: true, value: undefined });
  expect(open.size).toBe(0);
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test("a body that hears of no signal is closed when the stream is left at its head", async () => {
  const canceled = vi.fn();
  const body = () => new ReadableStream({ cancel: canceled });
  const limit = new AbortController();
  const fetch = async () => {
    queueMicrotask(() => limit.abort());
    return new Response(body(), { headers: { "content-type": "text/event-stream" } });
  };
  const { smartcall } = clientOf({ options: { fetch } });
  const stream = smartcall.stream("eliza", "hello", { signal: limit.signal });
  await expect(stream.text()).rejects.toMatchObject({ reason: "CANCELED" });
  await expect.poll(() => canceled).toHaveBeenCalled();
});

test("a runtime whose fetch streams no bodies is told so, and not again and again", async () => {
  const fetch = vi.fn(async () => {
    return new Response(null, { headers: { "content-type": "text/event-stream" } });
  });
  const { smartcall } = clientOf({ options: { fetch } });
  await expect(smartcall.stream("eliza", "hello").text()).rejects.toMatchObject({
    reason: "NOT_IMPLEMENTED",
    message: expect.stringContaining("websocket"),
  });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("a page that is not secure calls with a key of its own too", async () => {
  // Browsers hide it where the page came by plain HTTP.
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { smartcall, requests } = clientOf();
  await smartcall.stream("eliza", "hello").text();
  await smartcall.stream("eliza", "hello").text();
  const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
  expect(new Set(keys).size).toBe(2);
  for (const key of keys)
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f-]{16}$/);
});

test("no timer and no listener is left, however a stream ends", async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  const set = vi.spyOn(globalThis, "setTimeout");
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  let fired = 0;
  set.mockImplementation(((run: () => void, delayMs: number) => {
    const timer = setInterval(() => {
      clearInterval(timer);
      fired += 1;
      run();
    }, delayMs);
    return timer;
  }) as never);
  const faults = [{ cutAt: 200 }, { cutAt: 500 }];
  const { smartcall } = clientOf({ faults });
  await smartcall.stream("eliza", "hello", { signal, timeoutMs: 60_000 }).text();
  const timers = set.mock.results.map(({ value }) => value);
  const left = timers.filter((timer) => !cleared.mock.calls.some(([each]) => each === timer));
  set.mockRestore();
  cleared.mockRestore();
  expect(timers.length).toBeGreaterThan(2);
  expect(left).toHaveLength(fired);
  expect(added).toHaveBeenCalled();
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
});

test("a watch begins after its cursor", async () => {
  const { smartcall, requests } = clientOf();
  const events = await collect(smartcall.watch("t1", { after: "e1.4" }));
  expect(placesOf(events)).toEqual(["e1.5", "e1.6", "end"]);
  expect(requests[0]?.headers.get("last-event-id")).toBe("e1.4");
});
