import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { create } from "@bufbuild/protobuf";
import {
  MessageSchema,
  Task_State,
  type TaskEvent,
  TaskEvent_End_Reason,
  TaskEvent_InputRequiredSchema,
} from "@smartcall/protocol/proto";
import { afterEach, expect, test, vi } from "vitest";
import { MemoryTaskStore } from "./memory-task-store.js";
import type { OnDisconnect } from "./on-disconnect.js";
import { TaskReader, type TaskReaderOptions } from "./task-reader.js";
import type { TaskWork } from "./task-record.js";
import { delta, eventsOf, exampleTask, status } from "./task-store.spec.js";

afterEach(() => {
  vi.useRealTimers();
});

async function startTask(maxTaskBytes = 8 * 1024 * 1024) {
  const store = new MemoryTaskStore({ maxTaskBytes });
  const { record } = await store.create(exampleTask(), 0);
  function read(options: Partial<TaskReaderOptions> = {}): TaskReader {
    const limits = { readerBytes: 1024 * 1024, slowReaderMs: 30_000 };
    return new TaskReader({
      record,
      after: "",
      wantsSnapshot: false,
      caller: { isInteractive: false },
      limits,
      ...options,
    });
  }
  return { store, record, read };
}

async function readAll(reader: TaskReader): Promise<TaskEvent[]> {
  const all: TaskEvent[] = [];
  for await (const events of reader) all.push(...events);
  return all;
}

/** What events say, in short. */
function gist(events: readonly TaskEvent[] | undefined): string[] {
  return (events ?? []).map(({ kind }) => {
    if (kind.case === "outputDelta") return kind.value.text;
    return kind.case === "end" ? `end ${kind.value.reason}` : `${kind.case}`;
  });
}

const { TERMINAL, INTERRUPTED, SLOW_CONSUMER } = TaskEvent_End_Reason;

test("reads what was and what comes, all that is ready at once, and ends with an end", async () => {
  const { store, record, read } = await startTask();
  store.append(record, status(Task_State.WORKING), 0);
  const reader = read();
  expect(gist((await reader.next()).value)).toEqual(["status"]);
  const next = reader.next();
  store.append(record, delta("a"), 1);
  store.append(record, delta("b"), 1);
  expect(gist((await next).value)).toEqual(["a", "b"]);
  const last = reader.next();
  store.append(record, status(Task_State.COMPLETED), 0);
  expect(gist((await last).value)).toEqual(["status", `end ${TERMINAL}`]);
  expect(await reader.next()).toMatchObject({ done: true });
  expect(record.readers.size).toBe(0);
});

test("ends as interrupted when the task asks for input, and not where the caller can answer", async () => {
  const { store, record, read } = await startTask();
  store.append(record, status(Task_State.INPUT_REQUIRED), 0);
  expect(gist(await readAll(read()))).toEqual(["status", `end ${INTERRUPTED}`]);
  const interactive = read({ caller: { isInteractive: true } });
  expect(gist((await interactive.next()).value)).toEqual(["status"]);
  const next = interactive.next();
  store.append(record, status(Task_State.WORKING), 0);
  expect(gist((await next).value)).toEqual(["status"]);
  await interactive.return();
});

test("a caller that goes is told why, its reader has no end, and nothing is left", async () => {
  const { store, record, read } = await startTask();
  store.append(record, delta("a"), 1);
  const reader = read();
  await reader.next();
  const waiting = reader.next();
  reader.leave({ reason: "DEADLINE_EXCEEDED" });
  await expect(waiting).rejects.toMatchObject({ reason: "DEADLINE_EXCEEDED" });
  await expect(reader.next()).rejects.toMatchObject({ reason: "DEADLINE_EXCEEDED" });
  expect(record.readers.size).toBe(0);
});

const wrong = [
  { name: "of another epoch", after: "nonesuch.1", want: "CURSOR_EXPIRED" },
  { name: "that is none", after: "yesterday", want: "INVALID_ARGUMENT" },
  { name: "beyond the log", after: undefined, want: "CURSOR_EXPIRED" },
];
for (const { name, after, want } of wrong) {
  test(`refuses a cursor ${name}`, async () => {
    const { record, read } = await startTask();
    expect(() => read({ after: after ?? `${record.log.epoch}.1` })).toThrowError(
      expect.objectContaining({ reason: want }),
    );
    expect(record.readers.size).toBe(0);
  });
}

test("a foreign cursor is answered with a gap and a snapshot where that is wanted", async () => {
  const { store, record, read } = await startTask();
  store.append(record, delta("before "), 7);
  const reader = read({ after: "nonesuch.7", wantsSnapshot: true });
  const { value } = await reader.next();
  expect(value).toMatchObject([
    { cursor: record.cursor, kind: { case: "gap", value: { after: "nonesuch.7" } } },
    {
      cursor: record.cursor,
      kind: {
        case: "snapshot",
        value: { task: { output: { parts: [{ content: { value: "before " } }] } } },
      },
    },
  ]);
  store.append(record, delta("after"), 5);
  const next = (await reader.next()).value;
  expect(next?.[0]?.cursor).toBe(`${record.log.epoch}.2`);
  await reader.return();
});

test("a reader from the first event gets a gap and a snapshot when that is gone, and then the rest", async () => {
  const { store, record, read } = await startTask(40_000);
  for (let index = 0; index < 600; index++)
    store.append(record, delta(`${index % 10}`.repeat(40)), 40);
  expect(record.log.first).toBeGreaterThan(1);
  store.append(record, status(Task_State.COMPLETED), 0);
  const events = await readAll(read());
  expect(gist(events)).toEqual(["gap", "snapshot", `end ${TERMINAL}`]);
  expect(() => read({ after: `${record.log.epoch}.1` })).toThrowError(
    expect.objectContaining({ reason: "CURSOR_EXPIRED" }),
  );
  const kept = await readAll(read({ after: `${record.log.epoch}.${record.log.first - 1}` }));
  expect(kept).toHaveLength(eventsOf(record).length + 1);
});

test("a reader far behind gets pieces of text joined, and single ones again when it is not", async () => {
  const { store, record, read } = await startTask();
  const pieces = Array.from({ length: 10_000 }, (_, index) => `${index} `);
  for (const piece of pieces) store.append(record, delta(piece), piece.length);
  const reader = read();
  const events: TaskEvent[] = [];
  while (events.at(-1)?.cursor !== record.cursor)
    events.push(...((await reader.next()).value ?? []));
  let seq = 0;
  for (const event of events) {
    seq += event.merged ?? 1;
    expect(event.cursor).toBe(`${record.log.epoch}.${seq}`);
  }
  expect(gist(events).join("")).toBe(pieces.join(""));
  expect(events.length).toBeLessThan(8_000);
  expect(events[0]?.merged).toBeGreaterThan(100);
  expect(events.at(-1)?.merged).toBeUndefined();
  await reader.return();
});

test("a reader that is too far behind and takes nothing for too long is let go, and may resume", async () => {
  vi.useFakeTimers();
  const { store, record, read } = await startTask();
  const limits = { readerBytes: 1_000, slowReaderMs: 5_000 };
  const reader = read({ limits });
  const first = reader.next();
  store.append(record, delta("first"), 5);
  const { value } = await first;
  for (let index = 0; index < 30; index++) store.append(record, delta("x".repeat(100)), 100);
  vi.advanceTimersByTime(4_999);
  expect(record.readers.size).toBe(1);
  vi.advanceTimersByTime(1);
  expect(record.readers.size).toBe(0);
  const [end] = (await reader.next()).value ?? [];
  expect(end).toMatchObject({
    cursor: value?.[0]?.cursor,
    kind: { value: { reason: SLOW_CONSUMER } },
  });
  expect(await reader.next()).toMatchObject({ done: true });
  const resumed = read({ after: end?.cursor ?? "" });
  expect((await resumed.next()).value).toHaveLength(30);
  await resumed.return();
  expect(vi.getTimerCount()).toBe(0);
});

test("an ended task is not kept for a reader that takes nothing, however little is left", async () => {
  vi.useFakeTimers();
  for (const onDisconnect of [undefined, "cancel", "continue"] as const) {
    const { store, record, read } = await startTask();
    if (onDisconnect) record.work = createWork(onDisconnect).work;
    store.append(record, delta("first"), 5);
    const reader = read();
    await reader.next();
    store.append(record, delta("last"), 4);
    vi.advanceTimersByTime(60_000);
    expect(record.readers.size).toBe(1);
    store.append(record, status(Task_State.COMPLETED), 0);
    record.work = undefined;
    vi.advanceTimersByTime(30_000);
    expect(record.readers.size).toBe(0);
    expect(gist(await readAll(reader))).toEqual([`end ${SLOW_CONSUMER}`]);
    expect(vi.getTimerCount()).toBe(0);
  }
});

test("a reader that was let go keeps nothing of its task, which may be forgotten", async () => {
  vi.useFakeTimers();
  const { reader, ref } = await (async () => {
    const { store, record, read } = await startTask();
    const slow = read({ limits: { readerBytes: 10, slowReaderMs: 5_000 } });
    store.append(record, delta("x".repeat(100)), 100);
    vi.advanceTimersByTime(5_000);
    expect(record.readers.size).toBe(0);
    return { reader: slow, ref: new WeakRef(record) };
  })();
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  await vi.waitFor(
    () => {
      collect();
      // Not the task itself, which the failure would hold.
      expect(ref.deref() === undefined).toBe(true);
    },
    { timeout: 30_000 },
  );
  expect(gist(await readAll(reader))).toEqual([`end ${SLOW_CONSUMER}`]);
});

test("a reader that takes something now and then is never let go", async () => {
  vi.useFakeTimers();
  const { store, record, read } = await startTask();
  const reader = read({ limits: { readerBytes: 1_000, slowReaderMs: 5_000 } });
  for (let index = 0; index < 10; index++) {
    for (let piece = 0; piece < 1_000; piece++) store.append(record, delta("x".repeat(100)), 100);
    expect(gist((await reader.next()).value)[0]).toMatch(/^x+$/);
    vi.advanceTimersByTime(4_999);
  }
  expect(record.readers.size).toBe(1);
  await reader.return();
  expect(vi.getTimerCount()).toBe(0);
});

/** Work that writes down who comes and goes. */
function createWork(onDisconnect: OnDisconnect) {
  const left: (string | undefined)[] = [];
  const work: TaskWork = {
    onDisconnect,
    isWaitedFor: false,
    heed: () => undefined,
    arrive: () => undefined,
    leave: (why) => left.push(why?.reason),
    onRead: () => undefined,
    cancel: () => undefined,
    send: () => undefined,
  };
  return { work, left };
}

test("a reader that its agent waits for is never let go", async () => {
  vi.useFakeTimers();
  for (const [onDisconnect, want] of [
    ["cancel", []],
    ["cancel-after-grace", []],
    ["continue", ["SLOW_CONSUMER"]],
  ] as const) {
    const { store, record, read } = await startTask();
    const { work, left } = createWork(onDisconnect);
    record.work = work;
    const reader = read({ limits: { readerBytes: 1_000, slowReaderMs: 5_000 } });
    for (let index = 0; index < 30; index++) store.append(record, delta("x".repeat(100)), 100);
    vi.advanceTimersByTime(60_000);
    expect(left).toEqual(want);
    await reader.return();
  }
});

test("who leaves a task that asks them has got what they came for, unless they can answer on the spot", async () => {
  for (const isInteractive of [false, true]) {
    const { store, record, read } = await startTask();
    const { work, left } = createWork("cancel");
    record.work = work;
    const reader = read({ caller: { isInteractive: true } });
    store.append(record, status(Task_State.INPUT_REQUIRED), 0);
    await reader.next();
    await reader.return();
    const caller = { isInteractive: true };
    const other = read({ caller });
    await other.next();
    caller.isInteractive = isInteractive;
    await other.return();
    expect(left).toEqual(["CANCELED", isInteractive ? "CANCELED" : undefined]);
  }
});

test("a reader whose next events are gone is let go, or goes on after a snapshot", async () => {
  for (const wantsSnapshot of [false, true]) {
    const { store, record, read } = await startTask(40_000);
    const { work, left } = createWork("cancel-after-grace");
    record.work = work;
    store.append(record, delta("a"), 1);
    const reader = read({ wantsSnapshot });
    await reader.next();
    for (let index = 0; index < 600; index++) store.append(record, delta("x".repeat(40)), 40);
    const { value } = await reader.next();
    expect(gist(value)).toEqual(wantsSnapshot ? ["gap", "snapshot"] : [`end ${SLOW_CONSUMER}`]);
    expect(value?.[0]?.cursor).toBe(wantsSnapshot ? record.cursor : `${record.log.epoch}.1`);
    await reader.return();
    expect(record.readers.size).toBe(0);
    expect(left).toEqual([wantsSnapshot ? "CANCELED" : "SLOW_CONSUMER"]);
  }
});

test("many readers of one place are given the same events, and each its own end", async () => {
  const { record, store, read } = await startTask();
  const [first, second] = [read({}), read({ caller: { isInteractive: true } })];
  const taken = Promise.all([first.next(), second.next()]);
  void store.append(record, delta("a"), 1);
  const [one, other] = await taken;
  expect(one.value).toBe(other.value);
  const value = { prompt: create(MessageSchema) };
  const ends = Promise.all([first.next(), second.next()]);
  void store.append(
    record,
    { case: "inputRequired", value: create(TaskEvent_InputRequiredSchema, value) },
    1,
  );
  const kinds = (await ends).map(({ value: events }) =>
    events?.map(({ kind }: TaskEvent) => kind.case),
  );
  expect(kinds).toEqual([["inputRequired", "end"], ["inputRequired"]]);
  await Promise.all([first.return(), second.return()]);
});
