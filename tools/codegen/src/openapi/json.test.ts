import { expect, test } from "vitest";
import { mergeJson } from "./json.ts";

test.each([
  { name: "nothing below", lower: undefined, upper: { a: 1 }, want: { a: 1 } },
  {
    name: "objects",
    lower: { a: 1, b: { c: 1 } },
    upper: { b: { d: 2 } },
    want: { a: 1, b: { c: 1, d: 2 } },
  },
  { name: "lists", lower: [1], upper: [2], want: [1, 2] },
  { name: "scalars", lower: 1, upper: 2, want: 2 },
  { name: "an object over a list", lower: [1], upper: { a: 1 }, want: { a: 1 } },
])("laying $name over one another", ({ lower, upper, want }) => {
  expect(mergeJson(lower, upper)).toEqual(want);
});
