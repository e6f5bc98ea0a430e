import { Task_State, type TaskEvent } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventLog, LogQuery } from "./event-log.js";
import { delta, status } from "./task-store.spec.js";

const everything = { maxBytes: Number.POSITIVE_INFINITY, mergeLength: 0 };

/** The numbers and texts of a log's events after a number, read batch by batch. */
async function readAll(log: EventLog, query: LogQuery): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  let { after } = query;
  for (;;) {
    const batch = await log.read({ ...query, after });
    if (!batch) return events;
    expect(batch.events.length).toBeGreaterThan(0);
    expect(await log.bytesUpTo(batch.last)).toBe(log.bytesUpTo(after) + batch.bytes);
    events.push(...batch.events);
    after = batch.last;
  }
}

function seqOf({ cursor }: TaskEvent): number {
  return Number(cursor.split(".")[1]);
}

function textOf({ kind }: TaskEvent): string {
  return kind.case === "outputDelta" ? kind.value.text : "";
}

/** What every log of events keeps to, whatever it keeps them in. */
export function describeEventLog(name: string, createLog: () => EventLog): void {
  describe(name, () => {
    test("numbers events from 1, one by one, with the time they came", async () => {
      const log = createLog();
      expect([log.first, log.last, log.bytes]).toEqual([1, 0, 0]);
      expect(await log.read({ after: 0, ...everything })).toBeUndefined();
      expect(await log.append(status(Task_State.WORKING), 1_000, 0)).toBe(1);
      expect(await log.append(delta("a"), 2_500, 1)).toBe(2);
      expect(await log.append(delta("b"), 2_501, 1)).toBe(3);
      const batch = await log.read({ after: 0, ...everything });
      expect(batch?.events).toMatchObject([
        { cursor: `${log.epoch}.1`, time: { seconds: 1n, nanos: 0 }, kind: { case: "status" } },
        { cursor: `${log.epoch}.2`, time: { seconds: 2n, nanos: 500_000_000 } },
        { cursor: `${log.epoch}.3`, kind: { value: { text: "b" } } },
      ]);
      expect([log.first, log.last, log.lastMs]).toEqual([1, 3, 2_501]);
      expect(batch?.bytes).toBe(log.bytes);
    });

    test("tells those who subscribed of each event, once it can be read", async () => {
      const log = createLog();
      const seen: number[] = [];
      const unsubscribe = log.subscribe(() => seen.push(log.last));
      await log.append(delta("a"), 1, 1);
      unsubscribe();
      await log.append(delta("b"), 1, 1);
      expect(seen).toEqual([1]);
    });

    test("reads whatever was appended, after any number and in batches of any size", async () => {
      const item = fc.oneof(fc.string({ maxLength: 40 }), fc.constant(undefined));
      await fc.assert(
        fc.asyncProperty(
          fc.array(item, { minLength: 1, maxLength: 400 }),
          fc.nat(),
          fc.integer({ min: 1, max: 5_000 }),
          fc.constantFrom(0, 10, 1_000),
          async (items, from, maxBytes, mergeLength) => {
            const log = createLog();
            for (const text of items) {
              await log.append(
                text === undefined ? status(Task_State.WORKING) : delta(text),
                1,
                text?.length ?? 0,
              );
            }
            const after = from % items.length;
            const events = await readAll(log, { after, maxBytes, mergeLength });
            let last = after;
            for (const event of events) {
              expect(seqOf(event)).toBe(last + (event.merged ?? 1));
              const covered = items.slice(last, seqOf(event));
              expect(textOf(event)).toBe(covered.join(""));
              if (event.merged !== undefined) {
                expect(covered).not.toContain(undefined);
                expect(textOf(event).length).toBeLessThanOrEqual(mergeLength);
              }
              last = seqOf(event);
            }
            expect(last).toBe(items.length);
          },
        ),
        { numRuns: 200 },
      );
    });

    test("listeners come and go by the thousands, while an event is told too", async () => {
      const log = createLog();
      let heard = 0;
      const leaves: (() => void)[] = [];
      for (let index = 0; index < 30_000; index++) {
        const leave = log.subscribe(() => {
          heard++;
          if (index % 2 === 0) leave();
        });
        leaves.push(leave);
      }
      await log.append(delta("a"), 1, 1);
      await log.append(delta("b"), 1, 1);
      for (const leave of leaves) leave();
      await log.append(delta("c"), 1, 1);
      expect(heard).toBe(45_000);
    });

    test("a batch is as large as it may be, and never less than one event", async () => {
      const log = createLog();
      for (let index = 0; index < 10; index++) await log.append(delta("x".repeat(1_000)), 1, 1_000);
      const one = await log.read({ after: 0, maxBytes: 1, mergeLength: 0 });
      expect(one?.last).toBe(1);
      const some = await log.read({ after: 0, maxBytes: 5_000, mergeLength: 0 });
      expect(some?.last).toBeGreaterThan(1);
      expect(some?.last).toBeLessThan(5);
    });
  });
}
