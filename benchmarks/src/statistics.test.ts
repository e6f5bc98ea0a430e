import { expect, test } from "vitest";
import { median, spread } from "./statistics.ts";

const cases = [
  { name: "an odd count", given: [9, 1, 5], want: 5 },
  { name: "an even count", given: [4, 1, 3, 2], want: 2.5 },
  { name: "one value", given: [7], want: 7 },
  { name: "values that sort differently as text", given: [100, 9, 20], want: 20 },
  { name: "nothing", given: [], want: Number.NaN },
];

for (const { name, given, want } of cases) {
  test(`the median of ${name}`, () => {
    expect(median(given)).toBe(want);
  });
}

test("a spread holds the ends and leaves its input as it was", () => {
  const values = [3, 1, 2];
  expect(spread(values)).toEqual({ median: 2, min: 1, max: 3 });
  expect(values).toEqual([3, 1, 2]);
});
