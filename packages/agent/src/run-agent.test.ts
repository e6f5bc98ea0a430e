import { pino } from "pino";
import { expect, test } from "vitest";
import { defineAgent } from "./define-agent.js";
import { dataOf, textOf } from "./parts.js";
import { runAgent } from "./run-agent.js";

const log = pino({ level: "silent" });
const greeter = defineAgent({
  name: "greeter",
  description: "Asks for a name.",
  run: async (_, { ask, task }) => `Hello ${textOf(await ask("name?"))} of ${task.contextId}`,
});
const boss = defineAgent({
  name: "boss",
  description: "Has others work.",
  run: async (message, { call }) => {
    const { state, output, error } = await call(textOf(message), { a: 1 });
    return { state, given: (output && dataOf(output)) ?? null, error: error?.message ?? "" };
  },
});
const worker = defineAgent({
  name: "worker",
  description: "Repeats data.",
  run: (message) => dataOf(message) ?? null,
});
const lazy = defineAgent({
  name: "lazy",
  description: "Fails.",
  run: () => Promise.reject(new Error("no")),
});

test("a run's questions are answered in turn", async () => {
  const { text, events, error } = await runAgent(greeter, "hi", { answers: ["Ann"] });
  expect({ text, error }).toEqual({ text: "Hello Ann of context", error: undefined });
  expect(events.map(({ kind }) => kind.case)).toEqual(["inputRequired", "outputCompleted"]);
});

test("a question too many fails", async () => {
  expect((await runAgent(greeter, "hi")).error).toMatchObject({ reason: "NOT_IMPLEMENTED" });
});

test("a run calls the agents that it is given", async () => {
  const agents = [worker, lazy];
  expect((await runAgent(boss, "worker", { agents })).data).toMatchObject({ given: { a: 1 } });
  expect((await runAgent(boss, "lazy", { agents, log })).data).toMatchObject({ error: "no" });
  const { error } = await runAgent(boss, "nobody", { agents });
  expect(error).toMatchObject({ reason: "AGENT_NOT_FOUND" });
});

test("a signal cancels a run", async () => {
  const hanging = defineAgent({
    name: "it",
    description: "",
    run: () => new Promise<string>(() => {}),
  });
  const { error } = await runAgent(hanging, "", { signal: AbortSignal.abort() });
  expect(error).toMatchObject({ reason: "CANCELED" });
});
