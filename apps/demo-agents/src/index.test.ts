import { runAgent } from "@smartcall/agent";
import { expect, test } from "vitest";
import { demoAgents, echo } from "./index.js";

test.each(demoAgents)("$card.name has a card that helps to choose and to call it", ({ card }) => {
  expect(card.description.length).toBeGreaterThan(20);
  expect(card.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(card.skills.length).toBeGreaterThan(0);
  for (const skill of card.skills) {
    expect(skill.description).not.toBe("");
    expect(skill.examples.length).toBeGreaterThan(0);
  }
});

test("those that take data say what it is", () => {
  const described = demoAgents.filter(({ card }) => card.inputSchema).map(({ card }) => card.name);
  expect(described).toEqual(["calculator", "summarizer", "team"]);
});

test("only eliza streams", () => {
  const streaming = demoAgents.filter(({ card }) => card.streaming).map(({ card }) => card.name);
  expect(streaming).toEqual(["eliza"]);
});

test("echo repeats every part as it is", async () => {
  const { data } = await runAgent(echo, { a: [1, { b: null }] });
  expect(data).toEqual({ a: [1, { b: null }] });
  expect((await runAgent(echo, "hello")).text).toBe("hello");
});
