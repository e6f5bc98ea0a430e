import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SharedInterval } from "./shared-interval.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each waiter is called once an interval, at most a sixteenth early", () => {
  const interval = new SharedInterval(1_600);
  const startMs = Date.now();
  const calls = { first: [] as number[], second: [] as number[] };
  interval.add(() => calls.first.push(Date.now() - startMs));
  vi.advanceTimersByTime(850);
  interval.add(() => calls.second.push(Date.now() - startMs));
  vi.advanceTimersByTime(3_950);
  expect(calls).toEqual({ first: [1_600, 3_200, 4_800], second: [2_400, 4_000] });
});

test("one timer does for all, and is gone with the last of them", () => {
  const interval = new SharedInterval(1_000);
  const removals = Array.from({ length: 100 }, () => interval.add(() => {}));
  expect([vi.getTimerCount(), interval.size]).toEqual([1, 100]);
  for (const remove of removals) remove();
  for (const remove of removals) remove();
  expect([vi.getTimerCount(), interval.size]).toEqual([0, 0]);
});

test("one that removes another in its turn is obeyed", () => {
  const interval = new SharedInterval(1_000);
  const called: string[] = [];
  const removeFirst = interval.add(() => {
    called.push("first");
    removeSecond();
    removeFirst();
  });
  const removeSecond = interval.add(() => called.push("second"));
  vi.advanceTimersByTime(3_000);
  expect(called).toEqual(["first"]);
});
