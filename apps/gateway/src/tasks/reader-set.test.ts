import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { ReaderSet } from "./reader-set.js";

function createReaders(set: ReaderSet, count: number) {
  const readers = Array.from({ length: count }, () => {
    const reader = {
      bytesBehind: 0,
      woken: 0,
      wake: () => void reader.woken++,
      isStalled: false,
      letGo: () => undefined,
    };
    set.add(reader);
    return reader;
  });
  return { readers, awake: () => readers.filter(({ woken }) => woken > 0).length };
}

test("a few readers are woken at once", () => {
  const set = new ReaderSet();
  const { awake } = createReaders(set, 200);
  set.wake();
  expect(awake()).toBe(200);
});

test("thousands are woken turn by turn, each of them for the newest event", async () => {
  const set = new ReaderSet();
  const { readers, awake } = createReaders(set, 2_000);
  set.wake();
  expect(awake()).toBeLessThan(500);
  await setImmediate();
  const before = readers[0]?.woken ?? 0;
  set.wake();
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  expect(awake()).toBe(2_000);
  expect(readers[0]?.woken).toBe(before + 1);
  const woken = readers.map((reader) => reader.woken);
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  expect(readers.map((reader) => reader.woken)).toEqual(woken);
});

test("those who leave meanwhile are not woken, those who come are", async () => {
  const set = new ReaderSet();
  const { readers } = createReaders(set, 1_000);
  set.wake();
  const [left, stays] = [readers[900], readers[901]];
  if (left) set.delete(left);
  const { awake } = createReaders(set, 1);
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  expect([left?.woken, stays?.woken, awake()]).toEqual([0, 1, 1]);
});
