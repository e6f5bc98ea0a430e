import { SmartcallError } from "@smartcall/protocol";
import { Task_State } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryTaskStore } from "./memory-task-store.js";
import type { TaskRecord } from "./task-record.js";
import { delta, exampleTask, status } from "./task-store.spec.js";

const keyMs = 60_000;
const minute = 60_000;

/** A store with a clock of its own. */
function createStore(maxBytes: number, maxKeyBytes = maxBytes) {
  const clock = { ms: 1_000_000 };
  return {
    store: new MemoryTaskStore({ maxBytes, maxKeyBytes, keyMs, now: () => clock.ms }),
    clock,
  };
}

/** Ends other tasks until this one is no longer kept. */
async function evict(store: MemoryTaskStore, { id }: TaskRecord): Promise<void> {
  while (await store.find(id)) {
    const { record } = await store.create(exampleTask(), 500);
    store.append(record, status(Task_State.COMPLETED), 0);
  }
}

test("the key of a task that is no longer kept runs nothing for as long as it is promised", async () => {
  const { store, clock } = createStore(20_000);
  const key = { key: "order-17", fingerprint: "f" };
  const { record } = await store.create(exampleTask(), 100, key);
  clock.ms += 10 * minute;
  store.append(record, status(Task_State.COMPLETED), 0);
  await evict(store, record);
  clock.ms += keyMs - 1;
  const gone = {
    reason: "TASK_NOT_FOUND",
    taskId: record.id,
    message: expect.stringContaining(`${record.id} ended COMPLETED`),
  };
  await expect(store.create(exampleTask(), 100, key)).rejects.toMatchObject(gone);
  await expect(store.findByIdempotency(key)).rejects.toMatchObject(gone);
  await expect(store.create(exampleTask(), 1, { ...key, fingerprint: "g" })).rejects.toMatchObject({
    reason: "IDEMPOTENCY_KEY_REUSED",
  });
  clock.ms += 1;
  await store.create(exampleTask(), 100, { key: "another", fingerprint: "f" });
  expect(await store.create(exampleTask(), 100, key)).toMatchObject({ created: true });
});

test("the key of a task that ended for want of memory runs nothing", async () => {
  const { store } = createStore(60_000);
  const key = { key: "large", fingerprint: "f" };
  const { record } = await store.create(exampleTask(), 30_000, key);
  record.work = {
    onDisconnect: "continue",
    isWaitedFor: true,
    heed: () => undefined,
    arrive: () => undefined,
    leave: () => undefined,
    onRead: () => undefined,
    cancel: () => void store.append(record, status(Task_State.FAILED), 0),
    send: () => undefined,
  };
  const other = (await store.create(exampleTask(), 0)).record;
  while (!record.ended) store.append(other, delta(" ".repeat(1_000)), 1_000);
  expect(await store.find(record.id)).toBeUndefined();
  await expect(store.create(exampleTask(), 100, key)).rejects.toMatchObject({
    reason: "TASK_NOT_FOUND",
    message: expect.stringContaining("ended FAILED"),
  });
});

test("the key of a task that never ran is free, also once the task is no longer kept", async () => {
  const { store } = createStore(20_000);
  const key = { key: "k", fingerprint: "f" };
  const { record } = await store.create(exampleTask(), 100, key);
  const error = {
    $typeName: "smartcall.v1.TaskError",
    reason: "AGENT_BUSY",
    message: "",
    retryable: true,
  } as const;
  const refused = {
    $typeName: "smartcall.v1.TaskEvent.Status",
    state: Task_State.FAILED,
    attempt: 1,
    error,
  } as const;
  store.append(record, { case: "status", value: refused }, 0);
  const again = await store.create(exampleTask(), 100, key);
  expect(again.created).toBe(true);
  await evict(store, record);
  expect(await store.findByIdempotency(key)).toBe(again.record);
});

test("no further keys are taken when there is no place to remember them, calls without one are", async () => {
  const { store, clock } = createStore(100_000, 50_000);
  const taken: string[] = [];
  let refusal: unknown;
  while (refusal === undefined && taken.length < 10_000) {
    const idempotency = { key: `key-${taken.length}`, fingerprint: "f" };
    try {
      const { record } = await store.create(exampleTask(), 100, idempotency);
      store.append(record, status(Task_State.COMPLETED), 0);
      taken.push(idempotency.key);
    } catch (error) {
      refusal = error;
    }
    expect(store.bytes).toBeLessThanOrEqual(100_000);
  }
  expect(refusal).toMatchObject({ reason: "GATEWAY_FULL", retryable: true });
  // At 43 bytes a key and some for what is in one page.
  expect(taken.length).toBeGreaterThan(1_000);
  expect(await store.create(exampleTask(), 100)).toMatchObject({ created: true });
  for (const key of taken) await expectTaken(store, key);
  clock.ms += keyMs;
  const later = { key: "later", fingerprint: "f" };
  expect(await store.create(exampleTask(), 100, later)).toMatchObject({ created: true });
});

/** A key that stands for a task, or is refused for one that was. */
async function expectTaken(store: MemoryTaskStore, key: string): Promise<void> {
  try {
    const creation = await store.create(exampleTask(), 100, { key, fingerprint: "f" });
    expect([key, creation.created]).toEqual([key, false]);
  } catch (error) {
    expect([key, SmartcallError.from(error).reason]).toEqual([key, "TASK_NOT_FOUND"]);
  }
}

test("whatever is called, ended and forgotten in whatever order, no key begins two tasks in its time", async () => {
  const step = fc.record({
    act: fc.constantFrom("call", "call", "call", "grow", "end", "end", "wait"),
    pick: fc.nat(11),
    size: fc.nat(1_000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 200 }), async (steps) => {
      const { store, clock } = createStore(16_000);
      /** The task that each key began last, and when it ended. */
      const begun = new Map<string, { record: TaskRecord; endMs: number | undefined }>();
      for (const { act, pick, size } of steps) {
        const key = `key-${pick}`;
        const last = begun.get(key);
        if (act === "wait") clock.ms += size * 20;
        else if (act === "call") {
          const isPromised = last && (last.endMs ?? clock.ms) + keyMs > clock.ms;
          try {
            const idempotency = { key, fingerprint: "f" };
            const { record, created } = await store.create(exampleTask(), size, idempotency);
            if (isPromised) expect([created, record.id]).toEqual([false, last.record.id]);
            if (created) begun.set(key, { record, endMs: undefined });
          } catch (error) {
            const { reason } = SmartcallError.from(error);
            const isRunning = last !== undefined && last.endMs === undefined;
            const allowed = isPromised ? ["TASK_NOT_FOUND"] : ["TASK_NOT_FOUND", "GATEWAY_FULL"];
            expect(isRunning ? [] : allowed).toContain(reason);
          }
        } else if (last && last.endMs === undefined) {
          try {
            if (act === "grow") store.append(last.record, delta(" ".repeat(size)), size);
            else throw new Error("end");
          } catch {
            store.append(last.record, status(Task_State.COMPLETED), 0);
            last.endMs = clock.ms;
          }
        }
        expect(store.bytes).toBeLessThanOrEqual(16_000);
      }
    }),
    { numRuns: 300 },
  );
});
