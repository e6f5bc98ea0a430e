import { getEventListeners } from "node:events";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import {
  type Answer,
  clientOf,
  completed,
  hang,
  problem,
  unreachable,
} from "../../test/fake-client.js";
import type { Logger } from "../index.js";

afterEach(() => {
  vi.useRealTimers();
});

const html =
  (status: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response("<html>", { status, headers });
const half: Answer = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"id":'));
        controller.error(new TypeError("terminated"));
      },
    }),
  );

test.each<{ name: string; answer: Answer; retried: boolean; reason: string }>([
  { name: "a lost connection", answer: unreachable, retried: true, reason: "GATEWAY_UNREACHABLE" },
  { name: "half an answer", answer: half, retried: true, reason: "GATEWAY_UNREACHABLE" },
  { name: "a proxy's 502", answer: html(502), retried: true, reason: "GATEWAY_UNREACHABLE" },
  { name: "a proxy's 504", answer: html(504), retried: true, reason: "GATEWAY_UNREACHABLE" },
  { name: "a proxy's 429", answer: html(429), retried: true, reason: "RATE_LIMITED" },
  { name: "a proxy's 408", answer: html(408), retried: true, reason: "REQUEST_TIMEOUT" },
  {
    name: "a proxy's 503 that is final",
    answer: html(503, { "x-should-retry": "false" }),
    retried: false,
    reason: "INTERNAL",
  },
  {
    name: "JSON of a load balancer",
    answer: () => Response.json({ message: "no target" }, { status: 503 }),
    retried: true,
    reason: "GATEWAY_UNREACHABLE",
  },
  {
    name: "a busy agent",
    answer: problem("AGENT_BUSY", 503, true),
    retried: true,
    reason: "AGENT_BUSY",
  },
  {
    name: "a limit of rate",
    answer: problem("RATE_LIMITED", 429, true),
    retried: true,
    reason: "RATE_LIMITED",
  },
  {
    name: "a limit of rate for today",
    answer: problem("RATE_LIMITED", 429, false),
    retried: false,
    reason: "RATE_LIMITED",
  },
  {
    name: "what the gateway wants repeated",
    answer: problem("INTERNAL", 500, false, { "x-should-retry": "true" }),
    retried: true,
    reason: "INTERNAL",
  },
  {
    name: "what the gateway does not want repeated",
    answer: problem("AGENT_BUSY", 503, true, { "x-should-retry": "false" }),
    retried: false,
    reason: "AGENT_BUSY",
  },
  { name: "a fault", answer: problem("INTERNAL", 500, false), retried: false, reason: "INTERNAL" },
  {
    name: "what ran and was lost",
    answer: problem("INSTANCE_LOST", 502, false),
    retried: false,
    reason: "INSTANCE_LOST",
  },
  {
    name: "a used key",
    answer: problem("IDEMPOTENCY_KEY_REUSED", 409, false),
    retried: false,
    reason: "IDEMPOTENCY_KEY_REUSED",
  },
  {
    name: "a wrong input",
    answer: problem("INVALID_ARGUMENT", 400, false),
    retried: false,
    reason: "INVALID_ARGUMENT",
  },
  {
    name: "an answer that is not JSON",
    answer: html(200),
    retried: false,
    reason: "INTERNAL",
  },
  {
    name: "a redirect",
    answer: () => new Response(null, { status: 307, headers: { location: "https://evil.test/" } }),
    retried: false,
    reason: "INTERNAL",
  },
])("$name is retried: $retried", async ({ answer, retried, reason }) => {
  const { smartcall, requests } = clientOf({}, answer);
  const attempts = retried ? 3 : 1;
  await expect(smartcall.call("summarizer", "hi")).rejects.toMatchObject({ reason, attempts });
  expect(requests).toHaveLength(attempts);

  const mended = clientOf({}, answer, completed);
  const answered = mended.smartcall.call("summarizer", "hi").withResponse();
  if (retried) expect(await answered).toMatchObject({ attempts: 2 });
  else await expect(answered).rejects.toMatchObject({ reason });
});

test("a call is the same call however often it is repeated", async () => {
  const data = { amount: 1 };
  const { smartcall, requests } = clientOf(
    {},
    () => {
      data.amount = 2;
      return unreachable(new Request("http://a.test"));
    },
    problem("AGENT_BUSY", 503, true),
    completed,
  );
  await smartcall.call("summarizer", { data });
  const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys).size).toBe(1);
  const bodies = await Promise.all(requests.map((request) => request.json()));
  expect(bodies).toEqual(
    Array(3).fill({ data: { amount: 1 }, onDisconnect: "CANCEL_AFTER_GRACE" }),
  );

  await smartcall.call("summarizer", { data });
  expect(requests.at(-1)?.headers.get("idempotency-key")).not.toBe(keys[0]);
});

test("a message to a task has an id, so that its agent is given it once", async () => {
  const { smartcall, requests } = clientOf({}, unreachable, completed);
  await smartcall.tasks.send("t-1", "Ada");
  const bodies = await Promise.all(requests.map((request) => request.json()));
  expect(bodies[0]).toEqual({
    message: { messageId: expect.any(String), parts: [{ text: "Ada" }] },
  });
  expect(bodies[1]).toEqual(bodies[0]);
});

test.each([
  { name: "of the client", client: { maxRetries: 1 }, call: {}, want: 2 },
  { name: "of the request", client: { maxRetries: 5 }, call: { maxRetries: 0 }, want: 1 },
])("retries are limited by maxRetries $name", async ({ client, call, want }) => {
  const { smartcall, requests } = clientOf(client, unreachable);
  await expect(smartcall.tasks.get("a", call)).rejects.toMatchObject({ attempts: want });
  expect(requests).toHaveLength(want);
});

test("a schedule of retries keeps within its jitter, and to what the gateway asks for", async () => {
  vi.useFakeTimers();
  const schedule = fc.record({
    retryDelayMs: fc.integer({ min: 0, max: 1_000 }),
    maxRetryDelayMs: fc.integer({ min: 0, max: 5_000 }),
    randoms: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
    asked: fc.array(fc.option(fc.integer({ min: 0, max: 60 })), { minLength: 4, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(schedule, async ({ retryDelayMs, maxRetryDelayMs, randoms, asked }) => {
      const left = [...randoms];
      const times: number[] = [];
      const answers = [...asked.map(refuse), completed].map<Answer>((answer) => (request) => {
        times.push(Date.now());
        return answer(request);
      });
      const { smartcall } = clientOf(
        { maxRetries: 4, retryDelayMs, maxRetryDelayMs, random: () => left.shift() ?? Number.NaN },
        ...answers,
      );
      const [{ attempts }] = await Promise.all([
        smartcall.tasks.get("a").withResponse(),
        vi.runAllTimersAsync(),
      ]);
      expect(attempts).toBe(5);
      for (const [index, random] of randoms.entries()) {
        const limitMs = Math.min(maxRetryDelayMs, retryDelayMs * 2 ** index);
        const askedMs = (asked[index] ?? 0) * 1_000;
        const spreadMs = askedMs + random * Math.min(askedMs / 4, 5_000);
        const wantMs = Math.max(random * limitMs, spreadMs);
        const waitedMs = Number(times[index + 1]) - Number(times[index]);
        expect(Math.abs(waitedMs - wantMs)).toBeLessThanOrEqual(1);
      }
    }),
    { seed: 20261123, numRuns: 60 },
  );
});

function refuse(seconds: number | null): Answer {
  const headers: Record<string, string> = seconds === null ? {} : { "retry-after": `${seconds}` };
  return problem("AGENT_BUSY", 503, true, headers);
}

test("a gateway that asks for more than a minute is not waited for", async () => {
  const { smartcall } = clientOf({}, refuse(61));
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject({
    reason: "AGENT_BUSY",
    retryAfterMs: 61_000,
    attempts: 1,
  });
});

test("what cannot be waited for in time is not waited for at all", async () => {
  const { smartcall } = clientOf({ timeoutMs: 20_000 }, refuse(30));
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject({ reason: "AGENT_BUSY" });
});

test("each try tells the gateway the time that is left of all of them", async () => {
  let nowMs = 0;
  const later: Answer = () => {
    nowMs += 1_500;
    return unreachable(new Request("http://a.test"));
  };
  const { smartcall, requests } = clientOf({ now: () => nowMs, timeoutMs: 10_000 }, later);
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject({ attempts: 3 });
  const told = requests.map(({ headers }) => headers.get("request-timeout"));
  expect(told).toEqual(["10.000", "8.500", "7.000"]);
});

test("a try that takes too long is given up for the next one", async () => {
  const { smartcall, requests } = clientOf({ attemptTimeoutMs: 50 }, hang, hang, completed);
  const { attempts } = await smartcall.call("summarizer", "hi").withResponse();
  expect(attempts).toBe(3);
  expect(requests.map(({ headers }) => headers.get("request-timeout"))).toEqual([null, null, null]);
});

test("tries that all take too long are a gateway that cannot be reached", async () => {
  const { smartcall } = clientOf({ attemptTimeoutMs: 5 }, hang);
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject({
    reason: "GATEWAY_UNREACHABLE",
    message: expect.stringContaining("no answer within 5 ms"),
    attempts: 3,
  });
});

test("the total time holds over all tries", async () => {
  const { smartcall } = clientOf({ attemptTimeoutMs: 4, maxRetries: 10_000, timeoutMs: 30 }, hang);
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject({ reason: "DEADLINE_EXCEEDED" });
});

test("a signal ends the wait for a retry, and keeps no listener", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const logger = { error() {}, warn() {}, info: () => controller.abort("enough"), debug() {} };
  const { smartcall, requests } = clientOf({ logger, logLevel: "info" }, refuse(30));
  await expect(smartcall.tasks.get("a", { signal })).rejects.toMatchObject({
    reason: "CANCELED",
    cause: "enough",
    attempts: 1,
  });
  expect(requests).toHaveLength(1);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a token function that hangs is left at once", async () => {
  const { smartcall, requests } = clientOf({ token: () => new Promise(() => {}) });
  await expect(smartcall.tasks.get("a", { timeoutMs: 5 })).rejects.toMatchObject({
    reason: "DEADLINE_EXCEEDED",
    attempts: 0,
  });
  expect(requests).toEqual([]);
});

test("a token that is refused is asked for anew, once", async () => {
  const refused = problem("UNAUTHENTICATED", 401, false);
  const token = vi.fn((old?: string) => (old === undefined ? "old" : `not ${old}`));
  const { smartcall, requests } = clientOf({ token, maxRetries: 0 }, refused, completed);
  await smartcall.tasks.get("a");
  expect(token.mock.calls).toEqual([[], ["old"]]);
  const sent = requests.map(({ headers }) => headers.get("authorization"));
  expect(sent).toEqual(["Bearer old", "Bearer not old"]);

  const denied = clientOf({ token }, refused);
  await expect(denied.smartcall.tasks.get("a")).rejects.toMatchObject({
    reason: "UNAUTHENTICATED",
    attempts: 2,
  });
  const fixed = clientOf({ token: "t" }, refused);
  await expect(fixed.smartcall.tasks.get("a")).rejects.toMatchObject({ attempts: 1 });
});

test("many requests that are refused at once ask for one fresh token", async () => {
  const token = vi.fn(async (refused?: string) => (refused === undefined ? "old" : "new"));
  const { smartcall } = clientOf({ token }, (request) =>
    request.headers.get("authorization") === "Bearer new"
      ? completed(request)
      : problem("CREDENTIAL_EXPIRED", 401, false)(request),
  );
  await Promise.all(["a", "b", "c"].map((id) => smartcall.tasks.get(id)));
  expect(token.mock.calls.filter(([refused]) => refused !== undefined)).toEqual([["old"]]);
});

test("an error has the problem as it came, with what is not known of it", async () => {
  const body = { reason: "TOO_LOUD", retryable: false, detail: "hush", decibels: 120 };
  const { smartcall } = clientOf({}, () => Response.json(body, { status: 429 }));
  await expect(smartcall.tasks.get("a")).rejects.toMatchObject({
    reason: "RATE_LIMITED",
    message: "hush",
    problem: body,
  });
});

test("retries are logged, and what is thrown inside is not", async () => {
  const said: unknown[] = [];
  const logger = {
    error() {},
    warn() {},
    info: (...args: unknown[]) => said.push(args),
    debug() {},
  };
  const options = { logger: logger satisfies Logger, logLevel: "info" as const };
  const { smartcall } = clientOf(options, refuse(null), completed);
  await smartcall.tasks.get("a");
  expect(said[1]).toEqual(["smartcall: retry 1 of 2", { delayMs: 0, reason: "AGENT_BUSY" }]);
});
