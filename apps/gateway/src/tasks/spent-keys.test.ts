import { Task_State } from "@smartcall/protocol/proto";
import { expect, test } from "vitest";
import { createId } from "./create-id.js";
import { SpentKeys } from "./spent-keys.js";

const states = [
  Task_State.COMPLETED,
  Task_State.FAILED,
  Task_State.CANCELED,
  Task_State.REJECTED,
] as const;

/** Fills all places with keys of tasks that ended a millisecond after one another. */
function fill(keys: SpentKeys) {
  const all: { key: string; taskId: string; state: Task_State; endMs: number }[] = [];
  while (keys.hasRoomFor(1, 1_000)) {
    const index = all.length;
    const state = states[index % states.length] ?? Task_State.FAILED;
    const spent = { key: `key-${index}`, taskId: createId(), state, endMs: 1_000 + index };
    keys.add({ ...spent, fingerprint: `of ${index}` }, spent.endMs);
    all.push(spent);
  }
  return all;
}

test("every key is found as it was, and no other one", () => {
  const keys = new SpentKeys({ maxBytes: 200_000, keyMs: 1_000_000 });
  const all = fill(keys);
  expect(all.length).toBeGreaterThan(200_000 / 43 - 50);
  expect(all.length).toBeLessThanOrEqual(200_000 / 42);
  for (const [index, { key, taskId, state }] of all.entries()) {
    const found = { taskId, state, isSameRequest: true };
    expect(keys.find({ key, fingerprint: `of ${index}` })).toEqual(found);
    expect(keys.find({ key, fingerprint: "other" })).toMatchObject({ isSameRequest: false });
    expect(keys.find({ key: `other-${index}`, fingerprint: "" })).toBeUndefined();
  }
});

test("the oldest go together when the time of all of them is over, and never one before its time", () => {
  const keyMs = 100_000;
  const keys = new SpentKeys({ maxBytes: 8_000, keyMs });
  const all = fill(keys);
  const lastMs = all.at(-1)?.endMs ?? 0;
  const left: number[] = [];
  for (let nowMs = 1_000 + keyMs - 1; nowMs <= lastMs + keyMs; nowMs++) {
    keys.hasRoomFor(1, nowMs);
    const found = all.filter(({ key }) => keys.find({ key, fingerprint: "" }) !== undefined);
    expect(found.length).toBeGreaterThanOrEqual(
      all.filter((each) => nowMs < each.endMs + keyMs).length,
    );
    if (found.length !== left.at(-1)) left.push(found.length);
  }
  expect(left.length).toBeGreaterThan(8);
  expect(left).toEqual([...left].sort((one, other) => other - one));
  expect([left[0], left.at(-1)]).toEqual([all.length, 0]);
});

test("a key whose time is over already takes no place", () => {
  const keys = new SpentKeys({ maxBytes: 8_000, keyMs: 10 });
  const spent = { key: "k", fingerprint: "f", taskId: createId(), state: Task_State.FAILED };
  let room = 0;
  while (keys.hasRoomFor(room + 1, 110)) room++;
  keys.add({ ...spent, endMs: 100 }, 110);
  expect(keys.hasRoomFor(room, 110)).toBe(true);
  keys.add({ ...spent, endMs: 101 }, 110);
  expect(keys.hasRoomFor(room, 110)).toBe(false);
});
