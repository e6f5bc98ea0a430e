import { Task_State, type TaskEvent } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryTaskStore } from "./memory-task-store.js";
import { readEvents } from "./read-events.js";
import { delta, eventsOf, exampleTask, status } from "./task-store.spec.js";

async function startTask() {
  const store = new MemoryTaskStore();
  const { record } = await store.create(exampleTask(), 0);
  return { store, record };
}

async function readAll(events: AsyncIterable<TaskEvent>): Promise<TaskEvent[]> {
  const all: TaskEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const never = new AbortController().signal;

test("reads what was and what comes, and ends with an end", async () => {
  const { store, record } = await startTask();
  store.append(record, status(Task_State.WORKING), 0);
  const reading = readAll(readEvents(record, "", never));
  await Promise.resolve();
  store.append(record, delta("a"), 1);
  store.append(record, status(Task_State.COMPLETED), 0);
  const kinds = (await reading).map(({ kind }) => kind.case);
  expect(kinds).toEqual(["status", "outputDelta", "status", "end"]);
});

test("ends as interrupted when the task asks for input", async () => {
  const { store, record } = await startTask();
  store.append(record, status(Task_State.INPUT_REQUIRED), 0);
  const events = await readAll(readEvents(record, "", never));
  expect(events.at(-1)?.kind).toMatchObject({ case: "end", value: { reason: 2 } });
});

test("an abort ends it at once, without an end", async () => {
  const { store, record } = await startTask();
  store.append(record, delta("a"), 1);
  const controller = new AbortController();
  const reading = readAll(readEvents(record, "", controller.signal));
  await Promise.resolve();
  controller.abort();
  expect((await reading).map(({ kind }) => kind.case)).toEqual(["outputDelta"]);
});

const wrong = [
  { name: "of another epoch", after: "nonesuch.1", want: "CURSOR_EXPIRED" },
  { name: "that is none", after: "yesterday", want: "INVALID_ARGUMENT" },
];
for (const { name, after, want } of wrong) {
  test(`refuses a cursor ${name}`, async () => {
    const { record } = await startTask();
    await expect(readAll(readEvents(record, after, never))).rejects.toMatchObject({ reason: want });
  });
}

test("refuses a cursor beyond the log", async () => {
  const { store, record } = await startTask();
  store.append(record, status(Task_State.COMPLETED), 0);
  const beyond = readAll(readEvents(record, `${record.epoch}.2`, never));
  await expect(beyond).rejects.toMatchObject({ reason: "CURSOR_EXPIRED" });
});

test("cut anywhere, any number of times, the pieces make the whole: no gap, nothing twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(40),
      fc.array(fc.nat(8), { maxLength: 20 }),
      fc.infiniteStream(fc.boolean()),
      async (many, cuts, coins) => {
        const { store, record } = await startTask();
        let appended = 0;
        const seen: string[] = [];
        let after = "";
        let ended = false;
        const cutAfter = [...cuts];
        while (!ended) {
          const controller = new AbortController();
          const limit = cutAfter.shift() ?? Number.POSITIVE_INFINITY;
          let read = 0;
          const reader = readEvents(record, after, controller.signal)[Symbol.asyncIterator]();
          while (!ended && read < limit) {
            const next = reader.next();
            while (appended < many && coins.next().value) {
              store.append(record, delta(String(appended++)), 1);
            }
            if (appended < many) store.append(record, delta(String(appended++)), 1);
            else store.append(record, status(Task_State.COMPLETED), 0);
            const { value, done } = await next;
            if (done) break;
            read++;
            if (value.kind.case === "end") ended = true;
            else {
              seen.push(value.cursor);
              after = value.cursor;
            }
          }
          controller.abort();
          await reader.return?.();
        }
        expect(seen).toEqual(eventsOf(record).map(({ cursor }) => cursor));
      },
    ),
    { numRuns: 200 },
  );
});
