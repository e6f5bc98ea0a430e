import { SmartcallError } from "@smartcall/protocol";
import { pino } from "pino";
import { expect, test } from "vitest";
import { type AgentHostOptions, createAgentHost } from "./agent-host.js";
import { type AgentDefinition, defineAgent } from "./define-agent.js";
import { artifact, progress, toolCall, usage } from "./events.js";
import { dataPart, textOf, textPart } from "./parts.js";
import { userMessage } from "./testing/create-open.js";
import { FakeExchange } from "./testing/fake-exchange.js";

function hostOf(run: AgentDefinition["run"], options: AgentHostOptions = {}) {
  const agent = defineAgent({ name: "it", description: "Under test.", run });
  return createAgentHost([agent], { log: pino({ level: "silent" }), ...options });
}

function call(run: AgentDefinition["run"], window?: number) {
  return FakeExchange.call(hostOf(run), { agent: "it", text: "hello" }, window);
}

const answers: { name: string; run: AgentDefinition["run"]; want: string[] }[] = [
  { name: "text", run: (message) => textOf(message), want: ["hello"] },
  { name: "data", run: () => ({ sum: 3 }), want: ['{"sum":3}'] },
  { name: "a list of data", run: () => [1, 2], want: ["[1,2]"] },
  { name: "nothing", run: () => {}, want: [] },
  { name: "null", run: () => null, want: ["null"] },
  { name: "the message itself", run: (message) => message, want: ["hello"] },
  { name: "parts", run: () => [textPart("a"), textPart("b")], want: ["a|b"] },
  { name: "a promise", run: async () => "later", want: ["later"] },
  {
    name: "text in pieces",
    run: async function* () {
      yield "a ";
      yield "";
      yield "b";
    },
    want: ["~a ", "~b", ""],
  },
  {
    name: "pieces and an answer of its own",
    run: function* () {
      yield "thinking";
      return "done";
    },
    want: ["~thinking", "done"],
  },
  {
    name: "a stream of text",
    run: () => ReadableStream.from(["a ", "b"]),
    want: ["~a ", "~b", ""],
  },
  {
    name: "every kind of event",
    run: async function* () {
      yield progress(0.5, "half way");
      yield artifact({ artifactId: "a", parts: [dataPart(1)] });
      yield toolCall({ callId: "1", name: "search", arguments: { query: "x" } });
      yield usage({ inputTokens: 3 });
      return "done";
    },
    want: ["progress", "artifact", "toolCall", "usage", "done"],
  },
];

test.each(answers)("a run that answers with $name ends well", async ({ run, want }) => {
  const { exchange, closed } = call(run);
  expect(await closed).toEqual({});
  expect(exchange.said).toEqual(want);
});

test("a run that answers at once has closed its exchange when accept returns", () => {
  const { exchange } = call((message) => message.parts);
  expect(exchange.said).toEqual(["hello"]);
  expect(exchange.closes).toEqual([undefined]);
});

const failures: { name: string; run: AgentDefinition["run"]; want: object }[] = [
  {
    name: "throws",
    run: () => {
      throw new Error("no luck");
    },
    want: { reason: "AGENT_FAILED", message: "no luck" },
  },
  {
    name: "rejects",
    run: () => Promise.reject(new Error("no luck")),
    want: { reason: "AGENT_FAILED", message: "no luck" },
  },
  {
    name: "throws text",
    run: () => {
      throw "no luck";
    },
    want: { reason: "AGENT_FAILED", message: "no luck" },
  },
  {
    name: "throws in the middle of its answer",
    run: async function* () {
      yield "so far";
      throw new Error("no luck");
    },
    want: { reason: "AGENT_FAILED", message: "no luck" },
  },
  {
    name: "gives a reason of the table",
    run: () => {
      throw new SmartcallError({
        reason: "AGENT_REJECTED",
        message: "Not this.",
        errors: [{ pointer: "/a", detail: "wrong" }],
      });
    },
    want: {
      reason: "AGENT_REJECTED",
      message: "Not this.",
      details: { errors: [{ pointer: "/a", detail: "wrong" }] },
    },
  },
  {
    name: "times out on its own",
    run: () => Promise.reject(new DOMException("too slow", "TimeoutError")),
    want: { reason: "AGENT_FAILED", message: "too slow" },
  },
  {
    name: "answers with what JSON has no word for",
    run: () => ({ big: 1n }),
    want: { reason: "AGENT_FAILED" },
  },
];

test.each(failures)("a run that $name fails its task", async ({ run, want }) => {
  const { exchange, closed } = call(run);
  const outcome = await closed;
  expect(outcome).toMatchObject(want);
  expect(JSON.stringify(outcome)).not.toContain("attempt.test");
  expect(exchange.closes).toHaveLength(1);
});

test("a run that yields data fails with a hint", async () => {
  const agent = { ...defineAgent({ name: "it", description: "", run: () => "" }) };
  agent.run = function* () {
    yield { a: 1 };
  };
  const host = createAgentHost([agent], { log: pino({ level: "silent" }) });
  const outcome = await FakeExchange.call(host, { agent: "it" }).closed;
  expect(outcome).toMatchObject({
    reason: "AGENT_FAILED",
    message: expect.stringContaining("progress()"),
  });
});

test("a generator does not go on while the window is used up", async () => {
  let made = 0;
  const { exchange, closed } = call(async function* () {
    for (const word of ["a", "b", "c", "d"]) {
      made += 1;
      yield word;
    }
  }, 2);
  await expect.poll(() => exchange.events.length).toBe(2);
  await new Promise(setImmediate);
  expect(made).toBe(2);
  exchange.grant(1);
  await expect.poll(() => exchange.events.length).toBe(3);
  await new Promise(setImmediate);
  expect(made).toBe(3);
  exchange.grant(10);
  expect(await closed).toEqual({});
  expect(exchange.said).toEqual(["~a", "~b", "~c", "~d", ""]);
});

test("a cancel aborts the signal with its reason, runs finally and closes at once", async () => {
  const seen: unknown[] = [];
  const { exchange, cancel } = call(async function* (_, { signal }) {
    signal.addEventListener("abort", () => seen.push(signal.reason.reason));
    try {
      yield "begun";
      await new Promise(() => {});
    } finally {
      seen.push("finally");
    }
  }, 1);
  await expect.poll(() => exchange.events.length).toBe(1);
  cancel({ reason: "CANCELED", message: "enough" });
  expect(exchange.closes).toEqual([{ reason: "CANCELED", message: "enough" }]);
  await expect.poll(() => seen).toEqual(["CANCELED", "finally"]);
});

test("a run that never stops keeps its place until it does", async () => {
  const hold = Promise.withResolvers<string>();
  const host = hostOf(() => hold.promise, { capacity: 1 });
  const first = FakeExchange.call(host, { agent: "it" });
  first.cancel({ reason: "CANCELED" });
  expect(host.running).toBe(1);
  const second = await FakeExchange.call(host, { agent: "it" }).closed;
  expect(second).toMatchObject({ reason: "AGENT_BUSY", refused: true });
  hold.resolve("too late");
  await expect.poll(() => host.running).toBe(0);
  expect(first.exchange.late).toBe(0);
});

test("a deadline aborts the signal by itself", async () => {
  const startMs = Date.now();
  const host = hostOf((_, { signal, deadline }) => {
    expect(deadline?.getTime()).toBeGreaterThanOrEqual(startMs + 19);
    expect(deadline?.getTime()).toBeLessThanOrEqual(Date.now() + 21);
    return new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  });
  const { closed } = FakeExchange.call(host, { agent: "it", timeoutMs: 20 });
  expect(await closed).toMatchObject({ reason: "DEADLINE_EXCEEDED" });
  await expect.poll(() => host.running).toBe(0);
});

test("a question resolves with the message that comes after it", async () => {
  const { exchange, closed, send } = call(async (_, { ask, messages }) => {
    const name = textOf(await ask("your name?"));
    const next = await messages[Symbol.asyncIterator]().next();
    return `${name}, then ${next.done ? "nothing" : textOf(next.value)}`;
  });
  expect(exchange.said).toEqual(["?your name?"]);
  await send(userMessage("Ann"));
  await send(userMessage("more"));
  expect(await closed).toEqual({});
  expect(exchange.said.at(-1)).toBe("Ann, then more");
});

test("a question fails when the caller can send nothing more", async () => {
  const host = hostOf((_, { ask }) => ask("who?"));
  const { closed } = FakeExchange.call(host, { agent: "it", halfClose: true });
  expect(await closed).toMatchObject({ reason: "NOT_IMPLEMENTED" });
  const other = FakeExchange.call(host, { agent: "it" });
  other.halfClose();
  expect(await other.closed).toMatchObject({ reason: "NOT_IMPLEMENTED" });
});

test("a cancel ends a question and a reader", async () => {
  const errors: unknown[] = [];
  const note = (error: unknown) => errors.push(error);
  const { cancel } = call(async (_, { ask, messages }) => {
    await Promise.all([
      ask("who?").catch(note),
      messages[Symbol.asyncIterator]().next().catch(note),
    ]);
  });
  cancel({ reason: "CANCELED" });
  await expect.poll(() => errors.length).toBe(2);
  expect(errors).toMatchObject([{ reason: "CANCELED" }, { reason: "CANCELED" }]);
});

test("a question, a reader and a call that nobody waits for may be cut off", async () => {
  const open = () => ({
    id: 1,
    send: () => true,
    ready: async () => {},
    halfClose() {},
    cancel() {},
  });
  const host = hostOf((_, { ask, messages, call: callAgent }) => {
    void ask("who?");
    void callAgent("other", "hello");
    void messages[Symbol.asyncIterator]().next();
    return new Promise<string>(() => {});
  });
  const { cancel, closed } = FakeExchange.call(host, { agent: "it" }, Infinity, { open });
  cancel({ reason: "CANCELED" });
  // Were a rejection left unheard, the test run itself would fail.
  expect(await closed).toMatchObject({ reason: "CANCELED" });
});

test("messages that nobody reads hold their sender back, a question lets it go on", async () => {
  const begin = Promise.withResolvers<void>();
  const { closed, send } = call(async (_, { ask, messages }) => {
    await begin.promise;
    const answer = textOf(await ask("which?"));
    const read: string[] = [];
    for await (const message of messages) {
      read.push(textOf(message));
      if (read.length === 16) break;
    }
    return `${answer} after ${read.join("")}`;
  });
  let held: unknown;
  for (const digit of "0123456789abcdef") held = send(userMessage(digit));
  expect(held).toBeInstanceOf(Promise);
  begin.resolve();
  await held;
  await send(userMessage("last"));
  expect(await closed).toEqual({});
});

test("members of the context may be destructured and cost nothing unless they are used", async () => {
  const { exchange, closed } = call(
    async (message, { task, metadata, message: same, deadline }) => ({
      same: message === same,
      task,
      metadata,
      never: deadline === undefined,
    }),
  );
  expect(await closed).toEqual({});
  expect(exchange.said[0]).toContain("task-1");
});

test("another agent cannot be called without a link", async () => {
  const { closed } = call(async (_, { call: callAgent }) => {
    await callAgent("other", "hello");
  });
  expect(await closed).toMatchObject({ reason: "NOT_IMPLEMENTED" });
});
