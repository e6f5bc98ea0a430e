import { afterEach, expect, test, vi } from "vitest";
import { spareHeap } from "./spare-heap.js";

afterEach(() => {
  vi.useRealTimers();
});

const mebibyte = 1024 * 1024;

const rows: {
  name: string;
  given: { connections?: number; memoryUse?: number; usedBytes?: number }[];
  want: number[];
}[] = [
  {
    name: "while there is a crowd",
    given: [0, 999, 1_000, 5_000, 1_000, 999, 0].map((connections) => ({ connections })),
    want: [20, 0],
  },
  {
    name: "while tasks at work take up half of what they may",
    given: [0, 0.49, 0.5, 1, 0.3].map((memoryUse) => ({ memoryUse })),
    want: [20, 0],
  },
  {
    name: "so that 64 MiB of garbage lie about, where V8 would have more",
    given: [20, 32, 64, 66, 128, 400, 20].map((used) => ({ usedBytes: used * mebibyte })),
    want: [100, 50, 20, 0],
  },
];

test.each(rows)("V8 is told to collect sooner $name", ({ given, want }) => {
  vi.useFakeTimers();
  const flags: string[] = [];
  const now = { connections: 0, memoryUse: 0, usedBytes: 0 };
  const stop = spareHeap(now, {
    usedBytes: () => now.usedBytes,
    setFlag: (flag) => flags.push(flag),
  });
  for (const change of given) {
    Object.assign(now, change);
    vi.advanceTimersByTime(1_000);
  }
  expect(flags).toEqual(want.map((percent) => `--heap-growing-percent=${percent}`));
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
