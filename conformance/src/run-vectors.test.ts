import { expect, test } from "vitest";
import { applyKnownFailures } from "./known-failures.ts";
import type { LoadedVector } from "./load-vectors.ts";
import type { Outcome } from "./run-vector.ts";
import { runVectors } from "./run-vectors.ts";
import type { Exchange } from "./vector.ts";

/** A runner whose program does so with each line that it is told. */
function runnerOf(body: string) {
  const program = `
    const answer = (answer) => console.log(JSON.stringify(answer));
    const work = async (told) => { ${body} };
    answer({ ready: true });
    require("node:readline").createInterface(process.stdin).on("line", (line) => work(JSON.parse(line)));`;
  return {
    name: "stub",
    role: "client" as const,
    command: [process.execPath, "-e", program] as const,
  };
}

const exchange: Exchange = {
  expect: { method: "GET", path: "/v1/tasks/t" },
  respond: { task: { id: "t" } },
};

function vectorOf(exchanges: readonly Exchange[]): LoadedVector {
  const call = { operation: "tasks.get", task: "t" };
  const vector = { name: "v", why: "", call, exchanges, result: { task: { id: "t" } } };
  return { id: "g/v", group: "g", role: "client", vector };
}

const ask = `const task = await (await fetch(told.url + "/v1/tasks/t")).json();`;

test.each([
  {
    name: "passes when it asks and tells what the vector has",
    body: `${ask} answer({ id: told.id, result: { task } });`,
    want: [],
  },
  {
    name: "fails when it tells something else",
    body: `${ask} answer({ id: told.id, result: { task: { id: "u" } } });`,
    want: ['the result.task.id is "u" instead of "t"'],
  },
  {
    name: "fails when it tells of an error that nobody expected",
    body: `${ask} answer({ id: told.id, result: { task, error: {} } });`,
    want: ["the result has an error: {}"],
  },
  {
    name: "fails when it asks for something else",
    body: `const task = await (await fetch(told.url + "/v1/tasks/t?x=1")).json();
           answer({ id: told.id, result: { task } });`,
    want: ['the query of GET /v1/tasks/t is {"x":"1"} instead of {}'],
  },
  {
    name: "fails when it asks once too often",
    body: `${ask} await fetch(told.url + "/v1/tasks/t"); answer({ id: told.id, result: { task } });`,
    want: ["GET /v1/tasks/t came, and nothing was expected any more"],
  },
  {
    name: "fails when it ends",
    body: "process.exit(3);",
    want: ["it ended with 3: ", "GET /v1/tasks/t never came"],
  },
  {
    name: "fails when it ends",
    body: "process.exit(3);",
    want: ["it ended with 3: ", "GET /v1/tasks/t never came"],
  },
])("a runner $name", async ({ body, want }) => {
  const [outcome] = await runVectors(runnerOf(body), [vectorOf([exchange])]);
  expect(outcome?.details).toEqual(want);
  expect(outcome?.outcome).toBe(want.length === 0 ? "passed" : "failed");
});

test("a runner that does not wait for as long as it must fails", async () => {
  const late = { ...exchange, after: { atLeastMs: 60_000 } };
  const body = `${ask} await fetch(told.url + "/v1/tasks/t"); answer({ id: told.id, result: { task } });`;
  const [outcome] = await runVectors(runnerOf(body), [vectorOf([exchange, late])]);
  expect(outcome?.details).toEqual([expect.stringMatching(/came after .* ms instead of 60000/)]);
});

test.each([
  { name: "late once passes, as the machine may have stood still", timesLate: 1, want: "passed" },
  { name: "late each time fails", timesLate: 3, want: "failed" },
])("a runner that is $name", async ({ timesLate, want }) => {
  const soon = { ...exchange, after: { atMostMs: 1_000 } };
  const body = `${ask}
    globalThis.runs = (globalThis.runs ?? 0) + 1;
    if (globalThis.runs <= ${timesLate}) await new Promise((resolve) => setTimeout(resolve, 1_100));
    await fetch(told.url + "/v1/tasks/t"); answer({ id: told.id, result: { task } });`;
  const [outcome] = await runVectors(runnerOf(body), [vectorOf([exchange, soon])]);
  expect(outcome).toMatchObject({ id: "g/v", outcome: want });
  expect(outcome?.details).toHaveLength(timesLate);
});

test("a runner that cannot run here is skipped with its reason", async () => {
  const program = `console.error("there is no Go here"); process.exit(77);`;
  const runner = { ...runnerOf(""), command: [process.execPath, "-e", program] as const };
  expect(await runVectors(runner, [vectorOf([exchange])])).toEqual([
    { id: "g/v", group: "g", outcome: "skipped", details: ["there is no Go here"] },
  ]);
});

test("a runner that cannot be built fails all of its vectors", async () => {
  const program = `console.error("main.go:7: no"); process.exit(1);`;
  const runner = { ...runnerOf(""), command: [process.execPath, "-e", program] as const };
  const [outcome] = await runVectors(runner, [vectorOf([exchange])]);
  expect(outcome).toMatchObject({ outcome: "failed" });
  expect(outcome?.details.join()).toContain("main.go:7: no");
});

test("a known failure is skipped with its reason, and one that passes fails", () => {
  const outcomes = ["failed", "passed", "skipped"].map((outcome) => ({
    id: "g/v",
    group: "g",
    outcome: outcome as Outcome["outcome"],
    details: [],
  }));
  const applied = applyKnownFailures(outcomes, { "g/v": "it is hard" });
  expect(applied.map(({ outcome, details }) => [outcome, ...details])).toEqual([
    ["skipped", "known failure: it is hard"],
    ["failed", "it passes now: take it out of known-failures.json"],
    ["skipped"],
  ]);
});
