import { expect, test } from "vitest";
import { readKnownFailures } from "./known-failures.ts";
import { loadVectors, parseVectors } from "./load-vectors.ts";
import { allRunners } from "./runners.ts";

const vector = {
  name: "a-name",
  why: "Because it has to be so.",
  call: { operation: "tasks.get", task: "t" },
  exchanges: [],
  result: {},
};
const file = { about: "A group.", role: "client", vectors: [vector] };

test("every file is as the schema has it", () => {
  expect(loadVectors().length).toBeGreaterThan(10);
});

test.each([
  { name: "a field that there is not", content: { ...file, more: 1 }, want: "additional" },
  { name: "a role that there is not", content: { ...file, role: "server" }, want: "/role" },
  {
    name: "an operation that there is not",
    content: { ...file, vectors: [{ ...vector, call: { operation: "hang" } }] },
    want: "/vectors/0/call/operation",
  },
  {
    name: "a name that stands twice",
    content: { ...file, vectors: [vector, vector] },
    want: "twice",
  },
  {
    name: "a vector of a client among those of agents",
    content: { ...file, role: "agent" },
    want: "connections",
  },
])("refuses $name", ({ content, want }) => {
  expect(() => parseVectors([{ group: "group", content }])).toThrow(want);
});

test("known failures are those of runners and vectors that there are", () => {
  const ids = loadVectors().map(({ id }) => id);
  for (const [runner, failures] of Object.entries(readKnownFailures())) {
    expect(allRunners.map(({ name }) => name)).toContain(runner);
    for (const id of Object.keys(failures)) expect(ids).toContain(id);
  }
});
