import { type Agent, type AgentDefinition, defineAgent, runAgent } from "@smartcall/agent";
import { expect, test } from "vitest";
import { type CallNote, showCalls } from "./show-calls.js";

const rows: { name: string; run: AgentDefinition["run"]; want: object }[] = [
  { name: "a text", run: () => "Hi", want: { state: "COMPLETED", output: "Hi" } },
  {
    name: "a promise",
    run: async () => ({ a: 1 }),
    want: { state: "COMPLETED", output: '{"a":1}' },
  },
  {
    name: "pieces",
    run: async function* () {
      yield "one ";
      yield "two";
    },
    want: { state: "COMPLETED", output: "one two" },
  },
  {
    name: "a generator that is not async, and returns",
    run: function* () {
      yield "one";
      return "another";
    },
    want: { state: "COMPLETED", output: "another" },
  },
  {
    name: "a throw",
    run: () => {
      throw new Error("no");
    },
    want: { state: "FAILED", output: "no" },
  },
  { name: "a rejection", run: () => Promise.reject(new Error("no")), want: { state: "FAILED" } },
  {
    name: "a throw between pieces",
    run: async function* () {
      yield "one";
      throw new Error("no");
    },
    want: { state: "FAILED", output: "no" },
  },
];

for (const { name, run, want } of rows) {
  test(`a call is shown and answered as without being shown: ${name}`, async () => {
    const agent: Agent = defineAgent({ name: "shown", description: "Is shown.", run });
    const notes: CallNote[] = [];
    const shown = await runAgent(
      showCalls(agent, (note) => notes.push(note)),
      "Hello",
    );
    expect(notes).toMatchObject([
      { type: "call", agent: "shown", input: "Hello" },
      { type: "end", agent: "shown", ...want },
    ]);
    const plain = await runAgent(agent, "Hello");
    expect({ text: shown.text, error: shown.error?.message }).toEqual({
      text: plain.text,
      error: plain.error?.message,
    });
  });
}
