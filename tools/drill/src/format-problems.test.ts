import { expect, test } from "vitest";
import { formatProblems } from "./format-problems.ts";

test("problems of a kind are told once, with how many there are", () => {
  const lines = formatProblems([
    "LOST after aB3x.7: no task has the id 01a2-77f",
    undefined,
    "7 after 5",
    "LOST after Zz90.1234: no task has the id 9",
  ]);
  expect(lines.split("\n").map((line) => line.trim())).toEqual([
    "",
    "2 × LOST after aB3x.7: no task has the id 01a2-77f",
    "1 × 7 after 5",
  ]);
  expect(formatProblems([undefined])).toBe("");
});
