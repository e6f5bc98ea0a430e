import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { createLink, createMemoryCarriers, type Outcome } from "@smartcall/link";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import {
  CallRequestSchema,
  Frame_AuthenticateSchema,
  Frame_OpenSchema,
  TaskSchema,
} from "@smartcall/protocol/proto";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { GatewayCall, GatewayHandler } from "../../services/gateway-call.js";
import { type Authenticator, admitEverybody } from "./authenticator.js";
import { Sessions } from "./sessions.js";

const codec = createProtobufCodec();

interface Given {
  handler: GatewayHandler;
  authenticate?: Authenticator;
  /** The hello's credential. */
  token?: string;
  /** The credential of the request that brought the connection. */
  authorization?: string;
  stallTimeoutMs?: number;
}

/** A session in memory, and the client at its other end. */
function begin({ handler, authenticate, token, authorization, stallTimeoutMs }: Given) {
  const logged: string[] = [];
  const sessions = new Sessions({
    handler,
    authenticate: authenticate ?? admitEverybody,
    logger: pino({ level: "error" }, { write: (line) => void logged.push(line) }),
    maxExchanges: 100,
    maxMessageBytes: 1_024,
    helloTimeoutMs: 60_000,
    stallTimeoutMs: stallTimeoutMs ?? 60_000,
  });
  const [here, there] = createMemoryCarriers({ capacityBytes: 64 * 1_024 });
  const session = sessions.take(there, codec, {
    address: "memory",
    header: (name) => (name === "authorization" ? authorization : undefined),
  });
  there.connect(session.listener);
  const closed = Promise.withResolvers<Error | undefined>();
  const client = createLink<ProtocolTypes>({
    side: "dialer",
    carrier: here,
    codec,
    implementation: "test/1",
    onClose: closed.resolve,
    ...(token !== undefined && { token }),
  });
  here.connect(client);
  onTestFinished(() => client.close());
  return {
    sessions,
    client,
    here,
    logged,
    closed: closed.promise,
    open: (open: MessageInitShape<typeof Frame_OpenSchema>): Promise<Outcome> =>
      new Promise((close) =>
        client.open(create(Frame_OpenSchema, open), { event: () => undefined, close }),
      ),
  };
}

const echo = { case: "call" as const, value: create(CallRequestSchema, { agent: "echo" }) };

/** Answers every call with an empty task, and keeps the calls. */
function createRecorder() {
  const calls: GatewayCall[] = [];
  const handler: GatewayHandler = async (call) => {
    calls.push(call);
    return create(TaskSchema);
  };
  return { calls, handler };
}

test.each([
  { name: "no credential", given: {}, want: undefined },
  { name: "that of the hello", given: { token: "t1" }, want: "Bearer t1" },
  { name: "that of the request", given: { authorization: "Bearer t2" }, want: "Bearer t2" },
  {
    name: "that of the hello rather than the request's",
    given: { token: "t1", authorization: "Bearer t2" },
    want: "Bearer t1",
  },
])("a session's calls carry $name", async ({ given, want }) => {
  const { calls, handler } = createRecorder();
  const { open } = begin({ handler, ...given });
  expect(await open({ request: echo })).toEqual({});
  expect(calls[0]?.header("authorization")).toBe(want);
});

test("a call cannot speak with another credential than its session's", async () => {
  const { calls, handler } = createRecorder();
  const { open } = begin({ handler, token: "mine" });
  await open({ request: echo, headers: { Authorization: "Bearer yours", "X-Request-Id": "r1" } });
  expect(calls[0]?.header("authorization")).toBe("Bearer mine");
  expect(calls[0]?.header("x-request-id")).toBe("r1");
});

test("a fresh credential stands for the one before as soon as it is found good", async () => {
  const seen: (string | undefined)[] = [];
  const checks: PromiseWithResolvers<object>[] = [];
  const { open, client } = begin({
    handler: async (call) => {
      seen.push(call.header("authorization"));
      return create(TaskSchema);
    },
    token: "old",
    authenticate: ({ token }) => {
      if (token === "old") return {};
      const check = Promise.withResolvers<object>();
      checks.push(check);
      return check.promise;
    },
  });
  const value = create(Frame_AuthenticateSchema, { token: "new" });
  client.control({ case: "authenticate", value });
  await open({ request: echo });
  checks[0]?.resolve({});
  await open({ request: echo });
  expect(seen).toEqual(["Bearer old", "Bearer new"]);
});

test("a fresh credential that does not hold ends the session", async () => {
  const { handler } = createRecorder();
  const { client, closed, sessions } = begin({
    handler,
    token: "good",
    authenticate: ({ token }) => {
      if (token === "good") return {};
      throw new SmartcallError({ reason: "UNAUTHENTICATED", message: "who are you?" });
    },
  });
  const value = create(Frame_AuthenticateSchema, { token: "bad" });
  client.control({ case: "authenticate", value });
  expect(await closed).toMatchObject({ reason: "UNAUTHENTICATED", message: "who are you?" });
  expect(sessions.size).toBe(0);
});

test("calls wait until the credential is checked, and no more of them than a few", async () => {
  const { calls, handler } = createRecorder();
  const check = Promise.withResolvers<object>();
  const { open } = begin({ handler, authenticate: () => check.promise });
  const outcomes = Array.from({ length: 40 }, () => open({ request: echo }));
  expect(await outcomes[39]).toMatchObject({ reason: "RATE_LIMITED", refused: true });
  expect(calls.length).toBe(0);
  check.resolve({});
  expect(await outcomes[0]).toEqual({});
  expect((await Promise.all(outcomes)).filter(({ refused }) => refused).length).toBe(8);
  expect(calls.length).toBe(32);
});

test.each([
  { name: "holds", settle: (check: PromiseWithResolvers<object>) => check.resolve({}) },
  {
    name: "does not hold",
    settle: (check: PromiseWithResolvers<object>) =>
      check.reject(new SmartcallError({ reason: "UNAUTHENTICATED" })),
  },
])("no call runs on a credential that was overtaken and $name", async ({ settle }) => {
  const { calls, handler } = createRecorder();
  const checks: PromiseWithResolvers<object>[] = [];
  const { open, client, sessions } = begin({
    handler,
    token: "first",
    authenticate: () => {
      const check = Promise.withResolvers<object>();
      checks.push(check);
      return check.promise;
    },
  });
  const outcome = open({ request: echo });
  await expect.poll(() => sessions.exchanges).toBe(1);
  const value = create(Frame_AuthenticateSchema, { token: "second" });
  client.control({ case: "authenticate", value });
  await expect.poll(() => checks.length).toBe(2);
  for (const check of checks.slice(0, 1)) settle(check);
  await new Promise(setImmediate);
  expect(calls).toEqual([]);
  checks[1]?.resolve({});
  expect(await outcome).toEqual({});
  expect(calls[0]?.header("authorization")).toBe("Bearer second");
});

test.each([
  { name: "at once", isLater: false },
  { name: "after a while", isLater: true },
])(
  "what an authenticator breaks on $name is for the log, not for strangers",
  async ({ isLater }) => {
    const { handler } = createRecorder();
    const { closed, logged } = begin({
      handler,
      token: "any",
      authenticate: () => {
        const fault = new Error("no route to 10.1.2.3");
        if (isLater) return Promise.reject(fault);
        throw fault;
      },
    });
    const error = await closed;
    expect(error).toMatchObject({ reason: "INTERNAL" });
    expect(String(error?.message)).not.toContain("10.1.2.3");
    expect(logged.join("")).toContain("10.1.2.3");
  },
);

test("strangers are kept no more than two messages' worth of calls", async () => {
  const { calls, handler } = createRecorder();
  const check = Promise.withResolvers<object>();
  const { open } = begin({ handler, authenticate: () => check.promise });
  const value = create(CallRequestSchema, {
    agent: "echo",
    input: { case: "text", value: "x".repeat(400) },
  });
  const outcomes: Promise<Outcome>[] = [];
  while (outcomes.length < 10) {
    outcomes.push(open({ request: { case: "call", value } }));
    // Each in a packet of its own.
    await new Promise(setImmediate);
  }
  expect(await outcomes[9]).toMatchObject({ reason: "RATE_LIMITED", refused: true });
  check.resolve({});
  expect(await outcomes[0]).toEqual({});
  await Promise.all(outcomes);
  expect(calls.length).toBeLessThan(6);
});

test("a fault says no more than that it is one, and a refusal that it may be tried again", async () => {
  const errors: Error[] = [
    new TypeError("the secret is 42"),
    new SmartcallError({ reason: "RATE_LIMITED", message: "slowly", retryAfterMs: 250 }),
  ];
  const { open } = begin({
    handler: async () => {
      throw errors.shift();
    },
  });
  const fault = await open({ request: echo });
  expect(fault).toMatchObject({ reason: "INTERNAL" });
  expect(JSON.stringify(fault)).not.toContain("42");
  expect(await open({ request: echo })).toMatchObject({
    reason: "RATE_LIMITED",
    message: "slowly",
    refused: true,
    details: { retryAfterMs: 250 },
  });
});

test("sessions that drain are asked to come back at different times", async () => {
  const { handler } = createRecorder();
  const first = begin({ handler });
  const waits = new Set<unknown>();
  const all = Array.from({ length: 20 }, () => {
    const [here, there] = createMemoryCarriers();
    const session = first.sessions.take(there, codec, { address: "", header: () => undefined });
    there.connect(session.listener);
    return new Promise<void>((resolve) => {
      const client = createLink<ProtocolTypes>({
        side: "dialer",
        carrier: here,
        codec,
        implementation: "test/1",
        onClose: (error) => {
          expect(error).toMatchObject({ reason: "DRAINING" });
          waits.add(error?.retryAfterMs);
          resolve();
        },
      });
      here.connect(client);
    });
  });
  await first.sessions.drain("going");
  await Promise.all(all);
  expect(waits.size).toBeGreaterThan(5);
  expect(first.sessions.size).toBe(0);
  expect(() => first.sessions.take(first.here, codec, { address: "", header: () => "" })).toThrow(
    expect.objectContaining({ reason: "DRAINING" }),
  );
});
