import { create } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { Task_State, TaskEvent_ProgressSchema } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryTaskStore } from "./memory-task-store.js";
import type { TaskRecord } from "./task-record.js";
import { delta, describeTaskStore, exampleTask, status } from "./task-store.spec.js";

describeTaskStore("MemoryTaskStore", () => new MemoryTaskStore());

test("forgets the tasks that ended first, and their keys, never a running one", async () => {
  const store = new MemoryTaskStore({ maxBytes: 15_000 });
  const running = (await store.create(exampleTask(), 100)).record;
  const ended: TaskRecord[] = [];
  for (let index = 0; index < 20; index++) {
    const idempotency = { key: `key-${index}`, fingerprint: "f" };
    const { record } = await store.create(exampleTask(), 100, idempotency);
    store.append(record, status(Task_State.COMPLETED), 0);
    ended.push(record);
  }
  expect(store.bytes).toBeLessThanOrEqual(15_000);
  expect(await store.find(running.task.id)).toBe(running);
  expect(await store.find(ended[0]?.task.id ?? "")).toBeUndefined();
  expect(await store.findByIdempotency({ key: "key-0", fingerprint: "f" })).toBeUndefined();
  expect(await store.find(ended.at(-1)?.task.id ?? "")).toBe(ended.at(-1));
});

test("refuses a new task when running ones fill the budget", async () => {
  const store = new MemoryTaskStore({ maxBytes: 4_200 });
  await store.create(exampleTask(), 500);
  await store.create(exampleTask(), 400);
  await expect(store.create(exampleTask(), 400)).rejects.toMatchObject({ reason: "GATEWAY_FULL" });
  expect(store.size).toBe(2);
});

test("cuts the longest logs before it refuses a new task, and their tasks keep their state", async () => {
  const store = new MemoryTaskStore({ maxBytes: 60_000 });
  const { record } = await store.create(exampleTask(), 0);
  const short = (await store.create(exampleTask(), 0)).record;
  store.append(short, delta("short"), 5);
  const pieces = Array.from({ length: 600 }, (_, index) => `${index}${" ".repeat(20)}`);
  for (const piece of pieces) store.append(record, delta(piece), piece.length);
  expect(record.log.first).toBe(1);
  const created = await store.create(exampleTask(), 10_000);
  expect(created.created).toBe(true);
  expect(store.bytes).toBeLessThanOrEqual(60_000);
  expect(record.log.first).toBeGreaterThan(1);
  expect(short.log.first).toBe(1);
  store.append(record, status(Task_State.COMPLETED), 0);
  await new Promise((resolve) => setImmediate(resolve));
  const found = await store.find(record.id);
  expect(found?.snapshot().output?.parts[0]?.content.value).toBe(pieces.join(""));
  expect(found?.log.last).toBe(601);
});

test("a full store refuses calls without a look at all its tasks, and cuts logs again once they have grown", async () => {
  const store = new MemoryTaskStore({ maxBytes: 10_000_000 });
  const records: TaskRecord[] = [];
  const reasons: string[] = [];
  /** Creates tasks until it is refused so often. */
  async function fill(refusals: number): Promise<void> {
    while (refusals > 0) {
      try {
        records.push((await store.create(exampleTask(), 0)).record);
      } catch (error) {
        reasons.push(SmartcallError.from(error).reason);
        refusals--;
      }
    }
  }
  await fill(30_000);
  expect(new Set(reasons)).toEqual(new Set(["GATEWAY_FULL"]));
  const [long, ...others] = records;
  for (const record of others.slice(0, 20)) store.append(record, status(Task_State.COMPLETED), 0);
  const piece = { case: "progress", value: create(TaskEvent_ProgressSchema) } as const;
  for (let index = 0; long && index < 40; index++) store.append(long, piece, 100);
  const before = records.length;
  await fill(1);
  expect(long?.log.first).toBeGreaterThan(1);
  expect(records.length).toBeGreaterThan(before + 10);
});

test("a running task that alone would need more than there is has to end", async () => {
  const store = new MemoryTaskStore({ maxBytes: 20_000 });
  const { record } = await store.create(exampleTask(), 0);
  const piece = "x".repeat(1_000);
  expect(() => {
    for (let index = 0; index < 30; index++) store.append(record, delta(piece), 1_000);
  }).toThrowError(expect.objectContaining({ reason: "PAYLOAD_TOO_LARGE" }));
  expect(store.bytes).toBeLessThanOrEqual(20_000);
  expect(store.append(record, status(Task_State.FAILED), 0)).toBe(true);
});

test("an ended task stays as long as it is read, and is read by all from one place", async () => {
  const store = new MemoryTaskStore({ maxBytes: 20_000 });
  const { record } = await store.create(exampleTask(), 0);
  store.append(record, delta("said"), 4);
  store.append(record, status(Task_State.COMPLETED), 0);
  await new Promise((resolve) => setImmediate(resolve));
  const open = await store.find(record.id);
  const reader = { bytesBehind: 0, wake: () => undefined };
  open?.attach(reader);
  expect(await store.find(record.id)).toBe(open);
  for (let index = 0; index < 20; index++) {
    const next = (await store.create(exampleTask(), 1_000)).record;
    store.append(next, status(Task_State.COMPLETED), 0);
    expect(store.bytes).toBeLessThanOrEqual(20_000);
  }
  expect(await store.find(record.id)).toBe(open);
  open?.detach(reader);
  for (let index = 0; index < 20; index++) {
    const next = (await store.create(exampleTask(), 1_000)).record;
    store.append(next, status(Task_State.COMPLETED), 0);
  }
  expect(await store.find(record.id)).toBeUndefined();
});

test("an ended task is one for all who ask for it at once, even where there is no room for it", async () => {
  for (const maxBytes of [1_000_000, 6_500]) {
    const store = new MemoryTaskStore({ maxBytes });
    const { record } = await store.create(exampleTask(), 0);
    for (let piece = 0; piece < 50; piece++) store.append(record, delta("x"), 1);
    store.append(record, status(Task_State.COMPLETED), 0);
    await new Promise((resolve) => setImmediate(resolve));
    await store.create(exampleTask(), maxBytes === 6_500 ? 2_500 : 0);
    const found = await Promise.all(Array.from({ length: 100 }, () => store.find(record.id)));
    const [first] = found;
    for (const other of found) {
      expect(other).toBe(first);
      other?.attach({ bytesBehind: 0, wake: () => undefined });
    }
    expect(await store.find(record.id)).toBe(maxBytes === 6_500 ? undefined : first);
  }
});

test("another store has another epoch", async () => {
  const [one, other] = await Promise.all(
    [new MemoryTaskStore(), new MemoryTaskStore()].map((store) => store.create(exampleTask(), 1)),
  );
  expect(one?.record.log.epoch).not.toBe(other?.record.log.epoch);
});

test("whatever happens in whatever order, the books balance and lists are whole", async () => {
  const step = fc.record({
    act: fc.integer({ min: 0, max: 3 }),
    pick: fc.nat(),
    bytes: fc.nat(900),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 200 }), async (steps) => {
      const store = new MemoryTaskStore({ maxBytes: 20_000 });
      const all: TaskRecord[] = [];
      for (const { act, pick, bytes } of steps) {
        const record = all[pick % Math.max(1, all.length)];
        if (act === 0 || !record) {
          const creation = await store.create(exampleTask(), bytes).catch(() => undefined);
          if (creation) all.push(creation.record);
        } else if (act === 1) store.append(record, delta("x"), bytes);
        else store.append(record, status(Task_State.COMPLETED), 0);
      }
      const kept: TaskRecord[] = [];
      for (const record of all) if (await store.find(record.task.id)) kept.push(record);
      expect(store.size).toBe(kept.length);
      expect(store.bytes).toBe(kept.reduce((sum, { bytes }) => sum + bytes, 0));
      const { tasks } = await store.list({ pageSize: 1_000 });
      expect(tasks.map(({ id }) => id)).toEqual(kept.map(({ task }) => task.id).reverse());
      const forgotten = all.filter((record) => !kept.includes(record));
      expect(forgotten.every(({ ended }) => ended)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
