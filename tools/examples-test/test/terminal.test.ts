import { Smartcall } from "@smartcall/client";
import { type Stage, startStage } from "@smartcall/scripts/stage";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startExample } from "../src/example.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 300_000);

afterAll(() => stage?.stop());

test("node-call prints what the agent answers", async () => {
  await using example = startExample("node-call", stage.url, "6 * 7");
  expect(await example.ended()).toBe(0);
  expect(example.output()).toContain("result: '42'");
});

test("node-call says why there is no answer", async () => {
  await using example = startExample("node-call", "http://127.0.0.1:1");
  expect(await example.ended()).toBe(1);
  expect(example.output()).toContain("GATEWAY_UNREACHABLE");
});

test("node-stream prints the answer and how it ended", async () => {
  await using example = startExample("node-stream", stage.url, "Hello!");
  expect(await example.ended()).toBe(0);
  expect(example.output()).toContain("Hello. What is on your mind today?\nTERMINAL\n");
});

test("websocket-chat asks what the agent asks, until it knows all", async () => {
  await using example = startExample("websocket-chat", stage.url);
  for (const [prompt, said] of [
    ["What can I do for you?", "A table, please."],
    ["For how many people?", "Two."],
    ["At what time?", "19:30"],
  ] as const) {
    await expect.poll(example.output).toContain(prompt);
    example.type(said);
  }
  expect(await example.ended()).toBe(0);
  expect(example.output()).toContain("COMPLETED { people: 2, time: '19:30' }");
});

test("agent-typescript attaches, and answers in Pig Latin", async () => {
  await using _example = startExample("agent-typescript", stage.url);
  await stage.answers("/v1/agents/pig-latin");
  const task = await new Smartcall({ url: stage.url }).call("pig-latin", "hello apple");
  expect(task).toMatchObject({ state: "COMPLETED", outputText: "ellohay appleway" });
});

test("team: the editor has the researcher and the critic work for it", async () => {
  await using _example = startExample("team", stage.url);
  await stage.answers("/v1/agents/editor");
  const task = await new Smartcall({ url: stage.url }).call("editor", {
    data: { subject: "Rope" },
  });
  expect(task.outputText).toMatch(/^Rope is older.*\(The critic says: It does not say why\.\)$/);
});
