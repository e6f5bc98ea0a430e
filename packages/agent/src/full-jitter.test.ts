import { expect, test } from "vitest";
import { fullJitterMs } from "./full-jitter.js";

const rows: { failures: number; random: number; want: number }[] = [
  { failures: 0, random: 0, want: 0 },
  { failures: 0, random: 1, want: 100 },
  { failures: 3, random: 0.5, want: 400 },
  { failures: 6, random: 1, want: 5_000 },
  { failures: 5_000, random: 1, want: 5_000 },
];

test.each(rows)("after $failures failures and at $random it waits $want ms", (row) => {
  expect(fullJitterMs(row.failures, { random: () => row.random })).toBe(row.want);
});
