import { Task_State, type TaskEvent, TaskEvent_End_Reason } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { MemoryTaskStore } from "./memory-task-store.js";
import { TaskReader } from "./task-reader.js";
import type { TaskRecord } from "./task-record.js";
import { delta, exampleTask, status } from "./task-store.spec.js";

beforeAll(() => {
  vi.useFakeTimers();
});
afterAll(() => {
  vi.useRealTimers();
});

const maxBytes = 60_000;
const limits = { readerBytes: 8_000, slowReaderMs: 1_000, mergeBytes: 3_000 };

/** A task, and what its agent has said: a piece of text, or nothing, for each number. */
interface Said {
  readonly record: TaskRecord;
  readonly texts: string[];
}

/** A reader, held to what the agent has said. */
class CheckedReader {
  readonly said: Said;
  readonly reader: TaskReader;
  seq: number | undefined;
  end: TaskEvent_End_Reason | undefined;
  isOver = false;
  /** Whether it went before its end. */
  hasLeft = false;
  #isWaiting = false;
  readonly #taken: TaskEvent[] = [];
  #before: TaskEvent | undefined;

  constructor(said: Said, after: string, wantsSnapshot: boolean) {
    this.said = said;
    const { record } = said;
    this.reader = new TaskReader({
      record,
      after,
      wantsSnapshot,
      caller: { isInteractive: false },
      limits,
    });
    const [epoch, seq] = after.split(".");
    this.seq = after === "" ? 0 : epoch === record.log.epoch ? Number(seq) : undefined;
  }

  leave(): void {
    for (const event of this.#taken.splice(0)) this.#check(event);
    this.hasLeft ||= this.end === undefined;
    this.reader.leave({ reason: "CANCELED" });
  }

  /** Asks for more unless it waits for that already, and checks what comes in this turn. */
  async take(): Promise<void> {
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      this.reader.next().then(
        (step) => {
          this.#isWaiting = false;
          if (step.done) this.isOver = true;
          else this.#taken.push(...step.value);
        },
        () => {
          this.isOver = true;
        },
      );
    }
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    for (const event of this.#taken.splice(0)) this.#check(event);
  }

  #check(event: TaskEvent): void {
    const { log } = this.said.record;
    expect(this.end).toBeUndefined();
    const seq = Number(event.cursor.split(".")[1]);
    if (this.#before?.kind.case === "gap") expect(event.kind.case).toBe("snapshot");
    switch (event.kind.case) {
      case "gap":
        break;
      case "snapshot": {
        expect(this.#before?.kind.case).toBe("gap");
        const text = event.kind.value.task?.output?.parts[0]?.content.value ?? "";
        expect(text).toBe(this.said.texts.slice(0, seq).join(""));
        this.seq = seq;
        break;
      }
      case "end":
        if (this.seq !== undefined) expect(seq).toBe(this.seq);
        this.end = event.kind.value.reason;
        if (this.end === TaskEvent_End_Reason.TERMINAL) expect(seq).toBe(log.last);
        break;
      default: {
        const from = this.seq ?? Number.NaN;
        expect(seq).toBe(from + (event.merged ?? 1));
        const text = event.kind.case === "outputDelta" ? event.kind.value.text : "";
        expect(text).toBe(this.said.texts.slice(from, seq).join(""));
        this.seq = seq;
      }
    }
    this.#before = event;
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant("say" as const),
      pick: fc.nat(),
      many: fc.integer({ min: 1, max: 200 }),
      length: fc.nat(30),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("other" as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("end" as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("begin" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("read" as const),
      pick: fc.nat(),
      from: fc.constantFrom("start", "last", "kept", "foreign"),
      wantsSnapshot: fc.boolean(),
    }),
  },
  { weight: 8, arbitrary: fc.record({ act: fc.constant("take" as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("leave" as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("wait" as const), ms: fc.nat(1_500) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("turn" as const) }) },
);

test("whatever is said, read, cut, slow or dropped, nobody misses or repeats anything unnoticed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 120, size: "max" }),
      async (steps) => {
        const store = new MemoryTaskStore({ maxBytes, maxTaskBytes: 25_000 });
        const tasks: Said[] = [];
        const readers: CheckedReader[] = [];
        const places: string[] = [];
        async function begin(): Promise<void> {
          const creation = await store.create(exampleTask(), 10).catch(() => undefined);
          if (creation) tasks.push({ record: creation.record, texts: [] });
        }
        function say({ record, texts }: Said, text: string): void {
          try {
            if (
              store.append(
                record,
                text === "" ? status(Task_State.WORKING) : delta(text),
                text.length,
              )
            ) {
              texts.push(text);
            }
          } catch {
            if (store.append(record, status(Task_State.FAILED), 0)) texts.push("");
          }
        }
        await begin();
        for (const what of steps) {
          const said = "pick" in what ? tasks[what.pick % tasks.length] : undefined;
          const reader =
            "pick" in what ? readers[what.pick % Math.max(1, readers.length)] : undefined;
          if (what.act === "begin") await begin();
          if (what.act === "say" && said) {
            for (let piece = 0; piece < what.many; piece++)
              say(said, `${piece}.${"x".repeat(what.length)}`);
          }
          if (what.act === "other" && said) say(said, "");
          if (
            what.act === "end" &&
            said &&
            store.append(said.record, status(Task_State.COMPLETED), 0)
          ) {
            said.texts.push("");
          }
          if (what.act === "read" && said) {
            const known = await store.find(said.record.id);
            if (known) {
              const { log } = known;
              const place = places[what.pick % Math.max(1, places.length)];
              const after = {
                start: "",
                foreign: "foreign.3",
                kept: `${log.epoch}.${log.first - 1}`,
                last: place ?? "",
              };
              const of = { record: known, texts: said.texts };
              try {
                readers.push(new CheckedReader(of, after[what.from], what.wantsSnapshot));
              } catch (thrown) {
                expect(thrown).toMatchObject({ reason: "CURSOR_EXPIRED" });
                expect(what.wantsSnapshot).toBe(false);
              }
            }
          }
          if (what.act === "take" && reader) {
            await reader.take();
            if (reader.seq !== undefined)
              places.push(`${reader.said.record.log.epoch}.${reader.seq}`);
          }
          if (what.act === "leave" && reader) reader.leave();
          if (what.act === "wait") vi.advanceTimersByTime(what.ms);
          if (what.act === "turn") vi.advanceTimersByTime(0);
          expect(store.bytes).toBeLessThanOrEqual(maxBytes);
        }
        for (const { record, texts } of tasks) {
          if (store.append(record, status(Task_State.COMPLETED), 0)) texts.push("");
        }
        for (const reader of readers) {
          while (!reader.isOver) await reader.take();
          expect(reader.end !== undefined || reader.hasLeft).toBe(true);
        }
        expect(tasks.flatMap(({ record }) => [...record.readers])).toEqual([]);
        vi.runAllTimers();
        expect(vi.getTimerCount()).toBe(0);
        expect(store.bytes).toBeLessThanOrEqual(maxBytes);
      },
    ),
    { numRuns: 1_000 },
  );
}, 180_000);
