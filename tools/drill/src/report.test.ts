import { expect, test } from "vitest";
import type { DrillResult } from "./drill.ts";
import { formatResult, formatTable, formatTally } from "./report.ts";

const results: readonly DrillResult[] = [
  { fault: "cut", transport: "SSE", outcome: "passed", figures: "3 of 3" },
  { fault: "cut", transport: "gRPC", outcome: "failed", figures: "1 lost" },
  { fault: "stall", transport: "SSE", outcome: "skipped", figures: "no time" },
];

test("the table has a row for each fault and a column for each transport", () => {
  expect(formatTable(results)).toBe(
    ["       SSE      gRPC", "cut    ok       FAILED", "stall  skipped  ·"].join("\n"),
  );
});

test.each([
  { given: results, want: "1 passed, 1 failed, 1 skipped" },
  { given: results.slice(0, 1), want: "1 passed, 0 failed" },
])("the last line is $want", ({ given, want }) => {
  expect(formatTally(given)).toBe(want);
});

test("a result is a line with its figures", () => {
  expect(results.map(formatResult)).toEqual([
    "ok      cut · SSE: 3 of 3",
    "FAILED  cut · gRPC: 1 lost",
    "skipped stall · SSE: no time",
  ]);
});
