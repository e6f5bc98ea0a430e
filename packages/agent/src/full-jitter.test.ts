import { expect, test } from "vitest";
import { fullJitterMs } from "./full-jitter.js";

const rows: { failures: number; random: number; askedMs?: number; want: number }[] = [
  { failures: 0, random: 0, want: 0 },
  { failures: 0, random: 1, want: 100 },
  { failures: 3, random: 0.5, want: 400 },
  { failures: 6, random: 1, want: 5_000 },
  { failures: 5_000, random: 1, want: 5_000 },
  { failures: 0, random: 0, askedMs: 1_000, want: 1_000 },
  { failures: 0, random: 1, askedMs: 1_000, want: 1_250 },
  { failures: 6, random: 1, askedMs: 1_000, want: 5_000 },
  { failures: 0, random: 1, askedMs: 60_000, want: 65_000 },
  { failures: 0, random: 0, askedMs: 2 ** 32, want: 300_000 },
];

test.each(rows)(
  "asked for $askedMs ms, after $failures failures, $random waits $want ms",
  (row) => {
    expect(fullJitterMs(row.failures, { random: () => row.random }, row.askedMs)).toBe(row.want);
  },
);
