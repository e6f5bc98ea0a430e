import { expect, test } from "vitest";
import type { Step } from "./run-step.ts";
import { verify } from "./verify.ts";

const step = (name: string, program: string, more: Partial<Step> = {}): Step => ({
  name,
  command: [process.execPath, "-e", program],
  ...more,
});

async function run(...steps: Step[]) {
  const lines: string[] = [];
  const code = await verify({ steps, cwd: ".", print: (line) => lines.push(line) });
  return { code, last: lines.at(-1), text: lines.join("\n") };
}

const counted = (
  passed: number,
  failed: number,
  complaints: string[] = [],
  failures: string[] = [],
) => ({
  count: () => ({ tally: { passed, failed, skipped: 0 }, complaints, failures, skips: [] }),
});

test("adds up steps that count themselves, that are counted, and that are one check", async () => {
  const { code, last, text } = await run(
    step("itself", 'console.log("well\\n3 passed, 0 failed, 1 skipped")'),
    step("reports", "", counted(40, 0)),
    step("one", 'console.log("quiet")'),
    step("left out", "process.exit(1)", { skip: "no Go here" }),
  );
  expect({ code, last }).toEqual({ code: 0, last: "44 passed, 0 failed, 2 skipped" });
  expect(text).toContain("skipped left out: no Go here");
});

test("a program that skips all it has says so, by name and with why, and did not pass", async () => {
  const { code, last, text } = await run(
    step("one", ""),
    step(
      "python SDK",
      'console.log("skipped SDK: no Python\\npython: 0 passed, 0 failed, 1 skipped")',
    ),
  );
  expect({ code, last }).toEqual({ code: 0, last: "1 passed, 0 failed, 1 skipped" });
  expect(text).toMatch(/^skipped python SDK .*1 skipped\nskipped SDK: no Python$/m);
});

test("goes on after a failure and shows all that the failing step said, but not the others", async () => {
  const { code, last, text } = await run(
    step("bad", 'console.log("out"); console.error("err"); process.exit(3)'),
    step("good", 'console.log("silence")'),
  );
  expect({ code, last }).toEqual({ code: 1, last: "1 passed, 1 failed" });
  expect(text).toMatch(/--- bad ---\nout\nerr\n.*ended with exit code 3\./);
  expect(text).not.toContain("silence");
});

test("names what failed once more at the end, where a cut-off output still shows it", async () => {
  const { text } = await run(
    step("tests", "process.exit(1)", counted(8, 1, [], ["a: adds up: expected 3 to be 4"])),
    step("types", 'console.log("ok")'),
  );
  expect(text.split("\n").slice(-3)).toEqual([
    "FAILED  tests: a: adds up: expected 3 to be 4",
    expect.stringMatching(/^FAILED {2}tests: .* ended with exit code 1\.$/),
    "9 passed, 1 failed",
  ]);
});

test.each([
  {
    name: "a program that fails although its count says nothing failed",
    given: step("a", "process.exit(1)", counted(5, 0)),
    want: "5 passed, 1 failed",
  },
  {
    name: "a count that found failures although the program ended well",
    given: step("a", "", counted(5, 2, ["something"])),
    want: "5 passed, 2 failed",
  },
  { name: "a count of nothing", given: step("a", "", counted(0, 0)), want: "0 passed, 1 failed" },
  {
    name: "a program that is not there",
    given: { name: "a", command: ["/nowhere/at-all"] } as Step,
    want: "0 passed, 1 failed",
  },
  {
    name: "a program that does not end",
    given: step("a", "setInterval(() => {}, 1000)", { timeoutMs: 200 }),
    want: "0 passed, 1 failed",
  },
])("$name is a failure", async ({ given, want }) => {
  const { code, last } = await run(given);
  expect({ code, last }).toEqual({ code: 1, last: want });
});

test("nothing that ran is a failure", async () => {
  expect(await run(step("a", "", { skip: "not today" }))).toMatchObject({ code: 1 });
});
