import { Task_State } from "@smartcall/protocol/proto";
import { expect, test } from "vitest";
import { describeEventLog } from "./event-log.spec.js";
import { MemoryEventLog } from "./memory-event-log.js";
import { delta, status } from "./task-store.spec.js";

describeEventLog("MemoryEventLog", () => new MemoryEventLog("task", "epoch"));

const everything = { maxBytes: Number.POSITIVE_INFINITY, mergeLength: 0 };

test("drops its oldest events, never a number, and says which are kept", () => {
  const log = new MemoryEventLog("task", "epoch");
  for (let index = 1; index <= 1_000; index++) log.append(delta(`${index} `), 1, 4);
  const whole = log.bytes;
  const freed = log.trim(whole / 2);
  expect(log.bytes).toBe(whole - freed);
  expect(log.bytes).toBeLessThanOrEqual(whole / 2);
  expect(log.bytesWritten).toBe(whole);
  expect(log.bytesUpTo(3)).toBe(freed);
  expect(log.first).toBeGreaterThan(1);
  expect(log.read({ after: log.first - 2, ...everything })).toBeUndefined();
  const batch = log.read({ after: log.first - 1, ...everything });
  expect(batch?.events[0]?.cursor).toBe(`epoch.${log.first}`);
  expect(batch?.last).toBe(1_000);
  log.trim(0);
  expect([log.first, log.last, log.bytes]).toEqual([1_001, 1_000, 0]);
  expect(log.append(status(Task_State.WORKING), 1, 0)).toBe(1_001);
  expect(log.read({ after: 1_000, ...everything })?.last).toBe(1_001);
});

test("keeps what a newer contract says of a piece of text", () => {
  const log = new MemoryEventLog("task", "epoch");
  const kind = delta("a");
  kind.value.$unknown = [{ no: 99, wireType: 2, data: new Uint8Array([1]) }];
  log.append(kind, 1, 1);
  log.append(delta("b"), 1, 1);
  const batch = log.read({ after: 0, maxBytes: 1_000, mergeLength: 100 });
  expect(batch?.events.map((event) => event.kind)).toEqual([kind, delta("b")]);
});
