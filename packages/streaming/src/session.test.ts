import { createRealtimeHandler, fixtures, type RealtimeOverrides } from "@smartcall/msw";
import type { Reason } from "@smartcall/protocol";
import { SmartcallError } from "@smartcall/protocol";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SmartcallStreaming, type StreamingOptions, type TaskStreamEvent } from "./index.js";

const baseUrl = "http://gateway.test";
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const [first, ...rest] = fixtures.watchTask.events;

/** A client whose streams and sessions meet a mocked gateway. */
function clientOf(overrides: RealtimeOverrides, options: StreamingOptions = {}) {
  server.use(createRealtimeHandler({ baseUrl, overrides }));
  const reconnect = { baseDelayMs: 1, maxAttempts: 3 };
  return new SmartcallStreaming({ url: baseUrl, transport: "websocket", reconnect, ...options });
}

/** Reads a call whose session is lost after its first event. */
async function readLost(reason: Reason): Promise<TaskStreamEvent[]> {
  const isRead = Promise.withResolvers<void>();
  const events: TaskStreamEvent[] = [];
  for await (const event of clientOf(loseSession(reason, isRead.promise)).stream(
    "summarizer",
    "",
  )) {
    events.push(event);
    isRead.resolve();
  }
  return events;
}

/** Answers the first event, and when that was read loses the whole session for a reason. */
function loseSession(reason: Reason, isRead: Promise<void>): RealtimeOverrides {
  return {
    async *stream({ closeSession, signal }) {
      if (first) yield first;
      await isRead;
      closeSession(reason);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    watch: ({ request }) => {
      expect(request.after).toBe(first?.cursor);
      return rest;
    },
  };
}

test.each<Reason>([
  "DRAINING",
  "CREDENTIAL_EXPIRED",
  "SLOW_CONSUMER",
  "RATE_LIMITED",
  "LINK_BROKEN",
  "INTERNAL",
])("a session that is closed with %s is made again, and its stream goes on", async (reason) => {
  const events = await readLost(reason);
  const told = events.filter(({ type }) => type !== "connection");
  expect(told.map((event) => event.type)).toEqual(
    fixtures.watchTask.events.map((event) => Object.keys(event).at(-1)),
  );
  const [trouble] = events.filter(({ type }) => type === "connection");
  const isAtOnce = /^(DRAINING|CREDENTIAL_EXPIRED|SLOW_CONSUMER)$/.test(reason);
  if (isAtOnce) expect(trouble).toMatchObject({ delayMs: 0, error: { reason } });
});

test.each<Reason>(["UNAUTHENTICATED", "PERMISSION_DENIED"])(
  "a session that is closed with %s is not made again",
  async (reason) => {
    await expect(readLost(reason)).rejects.toMatchObject({
      reason: "STREAM_TRUNCATED",
      taskId: first?.taskId,
      cursor: first?.cursor,
      cause: expect.objectContaining({ reason }),
    });
  },
);

test("a call is refused with all that the gateway said", async () => {
  const refusal = new SmartcallError({ reason: "IDEMPOTENCY_KEY_REUSED", message: "another" });
  const smartcall = clientOf({
    call: () => {
      throw refusal;
    },
    stream: () => {
      throw refusal;
    },
  });
  await using session = await smartcall.connect();
  const want = { reason: "IDEMPOTENCY_KEY_REUSED", message: "another", retryable: false };
  await expect(session.call("summarizer", "hi")).rejects.toMatchObject(want);
  await expect(session.stream("summarizer", "hi").text()).rejects.toMatchObject(want);
});

test("a call says what it was told to, and its limits", async () => {
  const seen: object[] = [];
  const smartcall = clientOf({
    call: ({ request, headers }) => {
      seen.push({ request, headers });
      return fixtures.call.response;
    },
  });
  await using session = await smartcall.connect();
  const task = await session.call(
    "summarizer",
    { data: [1] },
    {
      idempotencyKey: "k",
      contextId: "c",
      onDisconnect: "CANCEL_AFTER_GRACE",
      headers: { "X-Request-Id": "r" },
    },
  );
  expect(task).toEqual(fixtures.call.response);
  expect(seen).toEqual([
    {
      request: {
        agent: "summarizer",
        data: [1],
        contextId: "c",
        onDisconnect: "CANCEL_AFTER_GRACE",
      },
      headers: { "idempotency-key": "k", "x-request-id": "r" },
    },
  ]);
});

test.each([
  {
    name: "a signal",
    reason: "CANCELED",
    limit: (ms: number) => ({ signal: AbortSignal.timeout(ms) }),
  },
  {
    name: "a time limit",
    reason: "DEADLINE_EXCEEDED",
    limit: (timeoutMs: number) => ({ timeoutMs }),
  },
])("$name gives a call up, and the gateway hears of it", async ({ reason, limit }) => {
  const given = Promise.withResolvers<void>();
  let isCalled = false;
  const smartcall = clientOf({
    call: ({ signal }) => {
      isCalled = true;
      signal.addEventListener("abort", () => given.resolve());
      return new Promise(() => {});
    },
  });
  await using session = await smartcall.connect();
  // Whether the call gets there in time the machine decides; where it does not, more is given.
  for (const limitMs of [20, 1_000, 10_000]) {
    if (isCalled) break;
    const call = session.call("summarizer", "hi", limit(limitMs));
    await expect(call).rejects.toMatchObject({ reason });
  }
  await given.promise;
});

test("a call whose session is closed is told so", async () => {
  const called = Promise.withResolvers<void>();
  const smartcall = clientOf({
    call: () => {
      called.resolve();
      return new Promise(() => {});
    },
  });
  const session = await smartcall.connect();
  const call = session.call("summarizer", "hi");
  await called.promise;
  session.close();
  await expect(call).rejects.toMatchObject({ reason: "CANCELED" });
  await expect(session.call("summarizer", "hi")).rejects.toMatchObject({ reason: "CANCELED" });
});

test("nobody there, no session", async () => {
  class Nobody extends EventTarget {
    readyState = 0;
    binaryType = "";
    bufferedAmount = 0;
    protocol = "";
    constructor() {
      super();
      queueMicrotask(() => this.close());
    }
    send() {}
    close() {
      this.dispatchEvent(Object.assign(new Event("close"), { code: 1006, reason: "" }));
    }
  }
  const WebSocket = Nobody as unknown as NonNullable<StreamingOptions["WebSocket"]>;
  const smartcall = clientOf({}, { WebSocket });
  await expect(smartcall.connect()).rejects.toMatchObject({ reason: "GATEWAY_UNREACHABLE" });
  await expect(smartcall.stream("summarizer", "hi").text()).rejects.toMatchObject({
    reason: "GATEWAY_UNREACHABLE",
  });
});

test("the registry is watched on a session too", async () => {
  await using session = await clientOf({}).connect();
  const seen: string[] = [];
  for await (const event of session.watchAgents()) {
    seen.push(event.type);
    if (seen.length === 2) break;
  }
  expect(seen[0]).toBe("snapshot");
});
