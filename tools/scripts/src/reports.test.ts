import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addReports, removeReports } from "./reports.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function makePackage(report?: unknown, scripts = ["test"]) {
  const directory = temporaryFolder();
  if (report !== undefined) {
    mkdirSync(join(directory, "reports"));
    const text = typeof report === "string" ? report : JSON.stringify(report);
    writeFileSync(join(directory, "reports/vitest.json"), text);
  }
  return { name: "a", directory, scripts };
}

function makeReport(...statuses: string[]) {
  const status = statuses.includes("failed") ? "failed" : "passed";
  const assertionResults = statuses.map((each) => ({
    status: each,
    fullName: `is ${each}`,
    failureMessages: each === "failed" ? ["expected 3 to be 4\n  at x.test.ts:1"] : [],
  }));
  return { testResults: [{ name: "x.test.ts", status, assertionResults }] };
}

const add = (...packages: ReturnType<typeof makePackage>[]) =>
  addReports(packages, "test", "vitest.json");

test("reports add up over packages, and todo counts as skipped", () => {
  const sum = add(
    makePackage(makeReport("passed", "passed", "skipped")),
    makePackage(makeReport("passed", "failed", "todo", "pending")),
  );
  expect(sum).toEqual({
    tally: { passed: 3, failed: 1, skipped: 3 },
    complaints: [],
    failures: ["a: is failed: expected 3 to be 4"],
    skips: ["a: is skipped", "a: is todo", "a: is pending"],
  });
});

test("a package without tests is not asked for a report", () => {
  expect(add(makePackage(undefined, ["build"])).tally).toEqual({
    passed: 0,
    failed: 0,
    skipped: 0,
  });
});

test.each([
  { name: "missing", report: undefined, want: "left no vitest.json" },
  { name: "cut off", report: '{"testResults": [', want: "JSON" },
  { name: "something else", report: {}, want: "a: " },
  {
    name: "of a file that could not be loaded",
    report: {
      testResults: [{ name: "x", status: "failed", message: "boom", assertionResults: [] }],
    },
    want: "x failed as a whole: boom",
  },
])("a report that is $name is a failure", ({ report, want }) => {
  const { tally, complaints } = add(makePackage(report), makePackage(makeReport("passed")));
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(complaints).toEqual([expect.stringContaining(want)]);
});

test("reports of earlier runs are removed", () => {
  const before = makePackage(makeReport("passed"));
  removeReports([before, makePackage()]);
  expect(existsSync(join(before.directory, "reports"))).toBe(false);
});
