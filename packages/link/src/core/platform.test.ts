import { expect, test, vi } from "vitest";
import { createEagerSchedule, createSchedule, setUnrefInterval } from "./platform.js";

type Runtime = Parameters<typeof createSchedule>[0];

const runtimes: { name: string; runtime: Runtime }[] = [
  { name: "setImmediate", runtime: { setImmediate } },
  // Node's type of a port does not tell of `onmessage`, which it has.
  { name: "a MessageChannel", runtime: { MessageChannel } as unknown as NonNullable<Runtime> },
  { name: "a timer", runtime: {} },
];

for (const { name, runtime } of runtimes) {
  test(`what is scheduled runs in a later turn, in order, with ${name}`, async () => {
    const schedule = createSchedule(runtime);
    const ran: number[] = [];
    for (const step of [1, 2, 3]) schedule(() => void ran.push(step));
    await Promise.resolve();
    expect(ran).toEqual([]);
    await expect.poll(() => ran).toEqual([1, 2, 3]);
  });
}

test("an interval ticks until it is stopped", () => {
  vi.useFakeTimers();
  let ticks = 0;
  const stop = setUnrefInterval(() => {
    ticks += 1;
  }, 100);
  vi.advanceTimersByTime(350);
  stop();
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  expect(ticks).toBe(3);
});

test("the first flush of a turn runs at once, those that follow as one when it is over", async () => {
  const later: (() => void)[] = [];
  const schedule = createEagerSchedule((run) => later.push(run));
  const ran: string[] = [];
  schedule(() => ran.push("first"));
  expect(ran).toEqual([]);
  await Promise.resolve();
  expect(ran).toEqual(["first"]);
  schedule(() => ran.push("second"));
  schedule(() => ran.push("third"));
  await Promise.resolve();
  expect(ran).toEqual(["first"]);
  for (const run of later.splice(0)) run();
  expect(ran).toEqual(["first", "third"]);
  schedule(() => ran.push("next turn"));
  await Promise.resolve();
  expect(ran).toEqual(["first", "third", "next turn"]);
});
