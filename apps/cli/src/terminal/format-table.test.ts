import { expect, test } from "vitest";
import { formatTable } from "./format-table.js";

test("columns are as wide as their widest cell, and the line as the screen", () => {
  const rows = [
    ["NAME", "READY", "WHAT"],
    ["echo", "1", "Repeats\nwhat it is told."],
    ["calculator", "12", ""],
  ];
  expect(formatTable(rows)).toEqual([
    "NAME        READY  WHAT",
    "echo        1      Repeats what it is told.",
    "calculator  12",
  ]);
  expect(formatTable(rows, 26)[1]).toBe("echo        1      Repeat…");
});
