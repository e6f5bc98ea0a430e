import { create } from "@bufbuild/protobuf";
import {
  MessageSchema,
  Task_State,
  TaskErrorSchema,
  type TaskEvent,
  TaskEvent_OutputDeltaSchema,
  TaskEvent_StatusSchema,
} from "@smartcall/protocol/proto";
import { describe, expect, test } from "vitest";
import type { TaskEventKind } from "./apply-event.js";
import { readFrom } from "./read-from.js";
import { createTask } from "./task-draft.js";
import type { TaskRecord } from "./task-record.js";
import type { TaskStore } from "./task-store.js";

/** A new task to keep. */
export function exampleTask(agent = "echo", contextId = "") {
  return createTask({
    agent,
    contextId,
    message: create(MessageSchema, { parts: [{ content: { case: "text", value: "hi" } }] }),
    metadata: undefined,
  });
}

/** A change of state to append. */
export function status(state: Task_State): TaskEventKind {
  return { case: "status", value: create(TaskEvent_StatusSchema, { state }) };
}

/** A piece of the answer to append. */
export function delta(text: string): TaskEventKind {
  return { case: "outputDelta", value: create(TaskEvent_OutputDeltaSchema, { text }) };
}

/** Every event of a task's log. */
export function eventsOf(record: TaskRecord): readonly TaskEvent[] {
  const query = { after: record.log.first - 1, maxBytes: Number.POSITIVE_INFINITY, mergeLength: 0 };
  const batch = record.log.read(query);
  if (batch instanceof Promise) throw new Error("only logs in memory are read here");
  return batch?.events ?? [];
}

/** What every task store keeps to, whatever it keeps tasks in. */
export function describeTaskStore(name: string, createStore: () => TaskStore): void {
  describe(name, () => {
    test("a key whose task never ran may try again, one whose task failed may not", async () => {
      const store = createStore();
      for (const retryable of [true, false]) {
        const idempotency = { key: `retryable ${retryable}`, fingerprint: "f" };
        const { record } = await store.create(exampleTask(), 2, idempotency);
        const error = create(TaskErrorSchema, { reason: "AGENT_BUSY", retryable });
        const value = create(TaskEvent_StatusSchema, { state: Task_State.FAILED, error });
        await store.append(record, { case: "status", value }, 0);
        expect(await store.create(exampleTask(), 2, idempotency)).toMatchObject({
          created: retryable,
        });
      }
    });

    test("finds a task that it keeps, and none that it does not", async () => {
      const store = createStore();
      const { record, created } = await store.create(exampleTask(), 2);
      expect(created).toBe(true);
      expect(await store.find(record.task.id)).toBe(record);
      expect(await store.find("nobody")).toBeUndefined();
    });

    test("numbers events from 1, one by one, and folds them into the task", async () => {
      const store = createStore();
      const { record } = await store.create(exampleTask(), 2);
      await store.append(record, status(Task_State.WORKING), 0);
      await store.append(record, delta("a"), 1);
      await store.append(record, delta("b"), 1);
      await store.append(record, status(Task_State.COMPLETED), 0);
      const seqs = eventsOf(record).map(({ cursor }) => cursor.split(".")[1]);
      expect(seqs).toEqual(["1", "2", "3", "4"]);
      expect(record.task.state).toBe(Task_State.COMPLETED);
      expect(record.task.output?.parts[0]?.content).toEqual({ case: "text", value: "ab" });
      expect(record.snapshot().cursor).toBe(eventsOf(record).at(-1)?.cursor);
    });

    test("drops what comes after the end", async () => {
      const store = createStore();
      const { record } = await store.create(exampleTask(), 2);
      await store.append(record, status(Task_State.CANCELED), 0);
      expect(await store.append(record, delta("late"), 4)).toBe(false);
      expect(await store.append(record, status(Task_State.COMPLETED), 0)).toBe(false);
      expect(record.task.state).toBe(Task_State.CANCELED);
      expect(record.log.last).toBe(1);
    });

    test("tells those who wait, after the event is in the log", async () => {
      const store = createStore();
      const { record } = await store.create(exampleTask(), 2);
      const seen: number[] = [];
      const unsubscribe = record.log.subscribe(() => seen.push(record.log.last));
      await store.append(record, delta("a"), 1);
      unsubscribe();
      await store.append(record, delta("b"), 1);
      expect(seen).toEqual([1]);
    });

    test("creates once for an idempotency key, and refuses it for another request", async () => {
      const store = createStore();
      const key = { key: "k", fingerprint: "f" };
      const [first, second] = await Promise.all([
        store.create(exampleTask(), 2, key),
        store.create(exampleTask(), 2, key),
      ]);
      expect([first.created, second.created]).toEqual([true, false]);
      expect(second.record).toBe(first.record);
      expect(await store.findByIdempotency(key)).toBe(first.record);
      const other = { key: "k", fingerprint: "g" };
      await expect(store.create(exampleTask(), 2, other)).rejects.toMatchObject({
        reason: "IDEMPOTENCY_KEY_REUSED",
      });
      await expect(store.findByIdempotency(other)).rejects.toMatchObject({
        reason: "IDEMPOTENCY_KEY_REUSED",
      });
    });

    test("lists the newest first, by pages, each task once", async () => {
      const store = createStore();
      const ids: string[] = [];
      for (let index = 0; index < 7; index++) {
        const { record } = await store.create(exampleTask(index % 2 ? "odd" : "even"), 2);
        ids.unshift(record.task.id);
      }
      const listed: string[] = [];
      let pageToken = "";
      do {
        const page = await store.list({ pageSize: 3, pageToken });
        expect(page.tasks.length).toBeLessThanOrEqual(3);
        listed.push(...page.tasks.map(({ id }) => id));
        pageToken = page.nextPageToken;
      } while (pageToken !== "");
      expect(listed).toEqual(ids);
      const odd = await store.list({ pageSize: 10, agent: "odd" });
      expect(odd.tasks.map(({ agent }) => agent)).toEqual(["odd", "odd", "odd"]);
      expect(odd.nextPageToken).toBe("");
    });

    test("a place in one task's log is none in another's, and stays one when the task has ended", async () => {
      const store = createStore();
      const { record } = await store.create(exampleTask(), 2);
      const other = await store.create(exampleTask(), 2);
      for (const each of [record, other.record]) await store.append(each, delta("hi"), 2);
      const { cursor } = record;
      expect(() => readFrom(other.record.log, cursor, false)).toThrowError(
        expect.objectContaining({ reason: "CURSOR_EXPIRED" }),
      );
      await store.append(record, status(Task_State.COMPLETED), 0);
      await new Promise((resolve) => setImmediate(resolve));
      const found = await store.find(record.id);
      expect(found && readFrom(found.log, cursor, false)).toBe(1);
    });

    test("lists by conversation and by state", async () => {
      const store = createStore();
      const { record } = await store.create(exampleTask("echo", "talk"), 2);
      await store.create(exampleTask(), 2);
      await store.append(record, status(Task_State.WORKING), 0);
      const byContext = await store.list({ pageSize: 10, contextId: "talk" });
      expect(byContext.tasks).toEqual([record.snapshot()]);
      const byState = await store.list({ pageSize: 10, states: [Task_State.WORKING] });
      expect(byState.tasks).toEqual([record.snapshot()]);
    });

    test("refuses a page token that it did not give", async () => {
      const store = createStore();
      await expect(store.list({ pageSize: 1, pageToken: "x.1" })).rejects.toMatchObject({
        reason: "INVALID_ARGUMENT",
      });
    });
  });
}
