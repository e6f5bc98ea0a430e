import type { Message } from "@smartcall/protocol/proto";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { pino } from "pino";
import { expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import type { Agent } from "./agent.js";
import { createAgentHost } from "./agent-host.js";
import { defineAgent } from "./define-agent.js";
import type { OpenInit } from "./testing/create-open.js";
import { FakeExchange } from "./testing/fake-exchange.js";

async function call(agent: Agent, said: Omit<OpenInit, "agent">) {
  const host = createAgentHost([agent], { log: pino({ level: "silent" }) });
  const { exchange, closed } = FakeExchange.call(host, { agent: agent.card.name, ...said });
  return { outcome: await closed, said: exchange.said };
}

const sum = defineAgent({
  name: "sum",
  description: "Adds two numbers.",
  version: "1.2.3",
  skills: [{ id: "add", name: "Add", examples: ['{"a": 1, "b": 2}'] }],
  labels: { tier: "demo" },
  input: z.object({ a: z.number(), b: z.number().default(1) }),
  output: z.object({ sum: z.number() }),
  run: ({ a, b }) => ({ sum: a + b }),
});

test("a card says what the definition says, with the schemas of zod", () => {
  expect(sum.card).toMatchObject({
    name: "sum",
    description: "Adds two numbers.",
    version: "1.2.3",
    labels: { tier: "demo" },
    streaming: false,
    skills: [{ id: "add", name: "Add", examples: ['{"a": 1, "b": 2}'] }],
    inputSchema: {
      type: "object",
      properties: { a: { type: "number" }, b: { type: "number", default: 1 } },
      required: ["a"],
    },
    outputSchema: { type: "object", required: ["sum"] },
  });
});

test("the input is the schema's output, the answer is checked by its schema", async () => {
  expect(await call(sum, { data: { a: 2 } })).toEqual({ outcome: {}, said: ['{"sum":3}'] });
});

test("input that does not fit is rejected with a line for each place", async () => {
  const { outcome } = await call(sum, { data: { a: "2", b: [] } });
  expect(outcome.reason).toBe("AGENT_REJECTED");
  expect(outcome.message?.split("\n")).toEqual([
    "The input does not fit.",
    expect.stringMatching(/^\/a: .*number/),
    expect.stringMatching(/^\/b: .*number/),
  ]);
  expect(outcome.details).toEqual({
    errors: [
      { pointer: "/a", detail: expect.any(String) },
      { pointer: "/b", detail: expect.any(String) },
    ],
  });
});

test("an answer that does not fit fails the task", async () => {
  const wrong = defineAgent({
    name: "wrong",
    description: "Breaks its promise.",
    output: z.number().max(3),
    run: () => 4,
  });
  const { outcome } = await call(wrong, { text: "" });
  expect(outcome).toMatchObject({
    reason: "AGENT_FAILED",
    message: expect.stringContaining("<=3"),
  });
});

const texts: { name: string; input: StandardSchemaV1; want: string }[] = [
  { name: "an object with text", input: z.object({ text: z.string() }), want: '{"text":"hello"}' },
  { name: "a string", input: z.string().min(1), want: "hello" },
  {
    name: "a string, checked by a promise",
    input: z.string().refine(async (text) => text.length > 1),
    want: "hello",
  },
];

test.each(texts)("text fits a schema of $name", async ({ input, want }) => {
  const agent = defineAgent({
    name: "it",
    description: "",
    input,
    run: (given) => given as object,
  });
  expect(await call(agent, { text: "hello" })).toEqual({ outcome: {}, said: [want] });
});

test("a schema of a library that knows no JSON Schema takes one by hand", () => {
  const input: StandardSchemaV1<string> = {
    "~standard": { version: 1, vendor: "hand", validate: (value) => ({ value: String(value) }) },
  };
  const plain = defineAgent({ name: "it", description: "", input, run: () => "" });
  expect(plain.card.inputSchema).toBeUndefined();
  const inputSchema = { type: "string" };
  const described = defineAgent({ name: "it", description: "", input, inputSchema, run: () => "" });
  expect(described.card.inputSchema).toEqual({ type: "string" });
});

test("a generator's agent says that it streams", () => {
  const run = async function* () {
    yield "";
  };
  expect(defineAgent({ name: "it", description: "", run }).card.streaming).toBe(true);
  expect(defineAgent({ name: "it", description: "", run, streaming: false }).card.streaming).toBe(
    false,
  );
});

test.each(["", "Upper", "-a", "a-", "a_b", "a".repeat(64)])('"%s" is no name', (name) => {
  expect(() => defineAgent({ name, description: "", run: () => "" })).toThrow(TypeError);
});

test("two agents of a host have two names", () => {
  expect(() => createAgentHost([sum, sum])).toThrow('the name "sum"');
});

test("the schemas give run its types", () => {
  defineAgent({
    name: "it",
    description: "",
    run: (message) => expectTypeOf(message).toEqualTypeOf<Message>() && "",
  });
  defineAgent({
    name: "it",
    description: "",
    input: z.object({ a: z.string().transform(Number) }),
    output: z.object({ n: z.number() }),
    run: (input) => {
      expectTypeOf(input).toEqualTypeOf<{ a: number }>();
      return { n: input.a };
    },
  });
  defineAgent({
    name: "it",
    description: "",
    output: z.object({ n: z.number() }),
    // @ts-expect-error the answer is not what `output` says
    run: () => ({ n: "1" }),
  });
});
