import { afterEach, expect, test, vi } from "vitest";
import { spareHeap } from "./spare-heap.js";

afterEach(() => {
  vi.useRealTimers();
});

test("V8 is told once that there is a crowd, and once that there is none any more", () => {
  vi.useFakeTimers();
  const flags: string[] = [];
  let connections = 0;
  const stop = spareHeap(
    () => connections,
    (flag) => flags.push(flag),
  );
  for (const count of [0, 999, 1_000, 5_000, 1_000, 999, 0]) {
    connections = count;
    vi.advanceTimersByTime(1_000);
  }
  expect(flags).toEqual(["--heap-growing-percent=20", "--heap-growing-percent=0"]);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
