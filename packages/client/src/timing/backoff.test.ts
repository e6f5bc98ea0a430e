import { expect, test } from "vitest";
import { backoffDelayMs } from "./backoff.js";

const rows: { retry: number; random: number; askedMs?: number; want: number }[] = [
  { retry: 1, random: 0, want: 0 },
  { retry: 1, random: 1, want: 250 },
  { retry: 3, random: 0.5, want: 500 },
  { retry: 5_000, random: 1, want: 10_000 },
  { retry: 1, random: 0, askedMs: 1_000, want: 1_000 },
  { retry: 1, random: 0.5, askedMs: 1_000, want: 1_125 },
  { retry: 1, random: 1, askedMs: 1_000, want: 1_250 },
  { retry: 1, random: 1, askedMs: 60_000, want: 65_000 },
  { retry: 5, random: 1, askedMs: 1_000, want: 4_000 },
];

test.each(rows)("retry $retry, asked for $askedMs ms, waits $want ms at $random", (row) => {
  const backoff = { baseDelayMs: 250, maxDelayMs: 10_000, random: () => row.random };
  expect(backoffDelayMs(backoff, row.retry, row.askedMs)).toBe(row.want);
});
