import { setImmediate } from "node:timers/promises";
import { create } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { Task_State, TaskEvent_ProgressSchema } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { MemoryTaskStore } from "./memory-task-store.js";
import type { TaskRecord } from "./task-record.js";
import { delta, describeTaskStore, exampleTask, status } from "./task-store.spec.js";

/** A reader as slow as the test says. */
function createReader(given: { bytesBehind?: number; isStalled?: boolean } = {}) {
  return { bytesBehind: 0, isStalled: false, wake: () => undefined, letGo: vi.fn(), ...given };
}

describeTaskStore("MemoryTaskStore", () => new MemoryTaskStore());

test("forgets the tasks that ended first, never a running one", async () => {
  const store = new MemoryTaskStore({ maxBytes: 15_000 });
  const running = (await store.create(exampleTask(), 100)).record;
  const ended: TaskRecord[] = [];
  for (let index = 0; index < 20; index++) {
    const { record } = await store.create(exampleTask(), 100);
    store.append(record, status(Task_State.COMPLETED), 0);
    ended.push(record);
  }
  expect(store.bytes).toBeLessThanOrEqual(15_000);
  expect(await store.find(running.task.id)).toBe(running);
  expect(await store.find(ended[0]?.task.id ?? "")).toBeUndefined();
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
  await setImmediate();
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

/** A task that an engine works on, with so much said. */
async function createRunning(store: MemoryTaskStore, bytes: number): Promise<TaskRecord> {
  const { record } = await store.create(exampleTask(), 0);
  record.work = {
    onDisconnect: "cancel",
    isWaitedFor: false,
    heed: () => undefined,
    arrive: () => undefined,
    leave: () => undefined,
    onRead: () => undefined,
    cancel: () => {
      record.work = undefined;
      void store.append(record, status(Task_State.FAILED), 0);
    },
    send: () => undefined,
  };
  for (let said = 0; said < bytes; said += 100) await store.append(record, delta(spaces), 100);
  return record;
}
const spaces = " ".repeat(100);

test("tasks whose readers take nothing make room for the others, the largest first", async () => {
  const store = new MemoryTaskStore({ maxBytes: 100_000 });
  const [read, stalled, longer, unread] = [
    await createRunning(store, 20_000),
    await createRunning(store, 2_000),
    await createRunning(store, 10_000),
    await createRunning(store, 5_000),
  ];
  const [reader, ...others] = [false, true, true].map((isStalled) => createReader({ isStalled }));
  if (reader) read.attach(reader);
  for (const [index, record] of [stalled, longer].entries()) {
    const other = others[index];
    if (other) record.attach(other);
  }
  const grow = async (want: () => boolean) => {
    while (!want()) await store.append(unread, delta(spaces), 100);
    expect(store.bytes).toBeLessThanOrEqual(100_000);
  };
  await grow(() => longer.ended);
  expect([stalled.ended, read.ended, read.log.first > 1]).toEqual([false, false, true]);
  expect(others[1]?.letGo).toHaveBeenCalledOnce();
  expect(await store.find(longer.id)).toBeUndefined();
  await grow(() => stalled.ended);
  expect([read.ended, unread.ended]).toEqual([false, false]);
  expect(reader?.letGo).not.toHaveBeenCalled();
});

test("a task that somebody waits for makes no room for others because another reader has stalled", async () => {
  const store = new MemoryTaskStore({ maxBytes: 30_000 });
  const awaited = await createRunning(store, 3_000);
  awaited.attach(createReader({ isStalled: true }));
  if (awaited.work) Object.assign(awaited.work, { isWaitedFor: true });
  const growing = await createRunning(store, 100);
  expect(() => {
    for (let piece = 0; piece < 400; piece++) void store.append(growing, delta(spaces), 100);
  }).toThrowError(expect.objectContaining({ reason: "PAYLOAD_TOO_LARGE" }));
  expect(awaited.ended).toBe(false);
});

test("where all are read the largest makes room, not whoever says something next", async () => {
  const store = new MemoryTaskStore({ maxBytes: 50_000 });
  const large = await createRunning(store, 30_000);
  const small = await createRunning(store, 100);
  const readers = [large, small].map((record) => {
    const reader = createReader();
    record.attach(reader);
    return reader;
  });
  for (let piece = 0; !large.ended && piece < 300; piece++) {
    await store.append(small, delta(spaces), 100);
  }
  expect([large.ended, small.ended]).toEqual([true, false]);
  for (const { letGo } of readers) expect(letGo).not.toHaveBeenCalled();
});

test("logs are cut where nobody reads them, or their readers take nothing, before others", async () => {
  for (const given of [undefined, createReader({ isStalled: true, bytesBehind: 40_000 })]) {
    const store = new MemoryTaskStore({ maxBytes: 150_000 });
    const read = await createRunning(store, 30_000);
    read.attach(createReader({ bytesBehind: read.log.bytes }));
    const other = await createRunning(store, 20_000);
    if (given) other.attach(given);
    await store.create(exampleTask(), 50_000);
    expect([read.log.first, other.log.first > 1]).toEqual([1, true]);
  }
});

test("what readers have yet to take goes before a task that is read", async () => {
  const store = new MemoryTaskStore({ maxBytes: 150_000 });
  const read = await createRunning(store, 40_000);
  read.attach(createReader({ bytesBehind: read.log.bytes }));
  const growing = await createRunning(store, 0);
  while (read.log.first === 1 && !read.ended) await store.append(growing, delta(spaces), 100);
  expect([read.ended, growing.ended]).toEqual([false, false]);
});

test("the newest of what a reader is about to take stays, however much another task says", async () => {
  const store = new MemoryTaskStore({ maxBytes: 60_000 });
  const read = await createRunning(store, 6_000);
  read.attach(createReader({ bytesBehind: read.log.bytes }));
  const growing = await createRunning(store, 0);
  expect(() => {
    for (let piece = 0; piece < 1_000; piece++) void store.append(growing, delta(spaces), 100);
  }).toThrowError(expect.objectContaining({ reason: "PAYLOAD_TOO_LARGE" }));
  expect([read.ended, read.log.first]).toEqual([false, 1]);
});

test("an ended task waits for a reader that was cut off, longer than those whose readers had all", async () => {
  const store = new MemoryTaskStore({ maxBytes: 20_000 });
  const [cut, done] = [await createRunning(store, 0), await createRunning(store, 0)];
  for (const record of [cut, done]) {
    const reader = createReader();
    record.attach(reader);
    record.detach(reader, record === done);
    await store.append(record, status(Task_State.COMPLETED), 0);
  }
  await setImmediate();
  const running = await createRunning(store, 0);
  const fillUntilGone = async ({ id }: TaskRecord) => {
    while ((await store.find(id)) !== undefined) store.append(running, delta(spaces), 100);
  };
  await fillUntilGone(done);
  expect(await store.find(cut.id)).toBeDefined();
  await fillUntilGone(cut);
  expect(running.ended).toBe(false);
});

test("the more tasks are at work, the less each may be ahead of its readers", async () => {
  const store = new MemoryTaskStore({ maxBytes: 8 << 20 });
  const leads = [store.leadBytes];
  const records: TaskRecord[] = [];
  for (const count of [1, 64, 1_000]) {
    while (records.length < count) records.push(await createRunning(store, 0));
    leads.push(store.leadBytes);
  }
  for (const record of records.slice(1)) store.append(record, status(Task_State.COMPLETED), 0);
  leads.push(store.leadBytes);
  expect(leads).toEqual([128, 128, 16, 8, 128].map((kibibytes) => kibibytes * 1024));
});

test("an ended task stays as long as it is read, and is read by all from one place", async () => {
  const store = new MemoryTaskStore({ maxBytes: 20_000 });
  const { record } = await store.create(exampleTask(), 0);
  store.append(record, delta("said"), 4);
  store.append(record, status(Task_State.COMPLETED), 0);
  await setImmediate();
  const open = await store.find(record.id);
  const reader = createReader();
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
    await setImmediate();
    await store.create(exampleTask(), maxBytes === 6_500 ? 2_500 : 0);
    const found = await Promise.all(Array.from({ length: 100 }, () => store.find(record.id)));
    const [first] = found;
    for (const other of found) {
      expect(other).toBe(first);
      other?.attach(createReader());
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
      const atWork = kept.filter(({ ended }) => !ended);
      expect(store.use).toBe(atWork.reduce((sum, { bytes }) => sum + bytes, 0) / 20_000);
      const { tasks } = await store.list({ pageSize: 1_000 });
      expect(tasks.map(({ id }) => id)).toEqual(kept.map(({ task }) => task.id).reverse());
      const forgotten = all.filter((record) => !kept.includes(record));
      expect(forgotten.every(({ ended }) => ended)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
