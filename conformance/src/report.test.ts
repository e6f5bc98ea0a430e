import { expect, test } from "vitest";
import { formatDetails, formatTable, formatTally } from "./report.ts";
import type { Outcome } from "./run-vector.ts";

const outcome = (id: string, outcome: Outcome["outcome"], ...details: string[]): Outcome => ({
  id,
  group: id.split("/")[0] ?? "",
  outcome,
  details,
});

const report = new Map([
  [
    "typescript",
    [
      outcome("a/1", "passed"),
      outcome("a/2", "failed", "it is 1 instead of 2"),
      outcome("b/1", "skipped", "it is hard"),
    ],
  ],
  [
    "go",
    [
      outcome("a/1", "skipped", "no Go"),
      outcome("a/2", "skipped", "no Go"),
      outcome("b/1", "skipped", "no Go"),
    ],
  ],
]);

test("the table has a row for each group and a column for each runner", () => {
  expect(formatTable(report)).toBe(
    ["   typescript     go", "a  1 of 2 FAILED  skipped", "b  skipped        skipped"].join("\n"),
  );
});

test("each failure is told in full, each reason for skipping once, in words that npm test reads", () => {
  expect(formatDetails(report).split("\n")).toEqual([
    "skipped typescript: b/1: it is hard",
    "failed typescript: a/2",
    "       it is 1 instead of 2",
    "skipped go: all: no Go",
  ]);
});

test("what passed only when it was run again is told with what was amiss before", () => {
  const again = outcome("a/1", "passed", "it came late");
  expect(formatDetails(new Map([["go", [again, outcome("a/2", "passed")]]])).split("\n")).toEqual([
    "run again, and passed, go: a/1",
    "       it came late",
  ]);
});

test("the last line counts them all", () => {
  expect(formatTally(report)).toBe("1 passed, 1 failed, 4 skipped");
  expect(formatTally(new Map([["typescript", [outcome("a/1", "passed")]]]))).toBe(
    "1 passed, 0 failed",
  );
});

test("a cell counts what ran, and what was skipped beside it", () => {
  const some = [
    outcome("a/1", "passed"),
    outcome("a/2", "skipped", "no"),
    outcome("a/3", "passed"),
  ];
  expect(formatTable(new Map([["go", some]]))).toBe(["   go", "a  2 of 2 (1 skipped)"].join("\n"));
});
