import { create, type JsonObject } from "@bufbuild/protobuf";
import {
  MessageSchema,
  type Part,
  Task_State,
  TaskEvent_OutputCompletedSchema,
  TaskEvent_StatusSchema,
  UsageSchema,
} from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryEventLog } from "./memory-event-log.js";
import { seal, unseal } from "./sealed-task.js";
import { createTask } from "./task-draft.js";
import { TaskRecord } from "./task-record.js";
import { delta, eventsOf, status } from "./task-store.spec.js";

function recordOf(content: Part["content"], texts: readonly string[]): TaskRecord<MemoryEventLog> {
  const message = create(MessageSchema, { parts: [{ content }] });
  const metadata = { deep: [1, { "": null }] };
  const task = createTask({ agent: "echo", contextId: "", message, metadata });
  const record = new TaskRecord(task, new MemoryEventLog(task.id, "epoch"), 1_000);
  record.append(status(Task_State.WORKING), 1_001, 0);
  for (const text of texts) record.append(delta(text), 1_002, 0);
  record.append(status(Task_State.COMPLETED), 1_003, 0);
  return record;
}

/** The same task, as if it still ran, and with a log of its own. */
function openAgain({ task }: TaskRecord): TaskRecord<MemoryEventLog> {
  const running = { ...task, state: Task_State.WORKING };
  return new TaskRecord(running, new MemoryEventLog(task.id, "epoch"), 1_000);
}

test("a task of text is the same after it was sealed, event by event", () => {
  const text = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 10 }), (input, texts) => {
      const record = recordOf({ case: "text", value: input }, texts);
      const again = unseal(seal(record) ?? "", "epoch");
      expect(again.snapshot()).toEqual(record.snapshot());
      expect(eventsOf(again)).toEqual(eventsOf(record));
    }),
  );
});

test("an answer of parts, and an error, are the same after they were sealed", () => {
  const text = fc.string({ unit: "binary" });
  const part = fc.record({
    content: fc.record({ case: fc.constantFrom("text" as const, "url" as const), value: text }),
    filename: text,
    mediaType: text,
  });
  const message = fc
    .record({
      parts: fc.array(part),
      messageId: text,
      metadata: fc.constant({ deep: [1, { "": null }] } as JsonObject),
    })
    .map((init) => create(MessageSchema, init));
  const error = fc.record({ reason: text, message: text, retryable: fc.boolean() });
  fc.assert(
    fc.property(message, error, (answer, why) => {
      const record = recordOf({ case: "text", value: "x" }, []);
      const open = openAgain(record);
      const value = create(TaskEvent_OutputCompletedSchema, { message: answer });
      open.append({ case: "outputCompleted", value }, 1_001, 0);
      const failed = { state: Task_State.FAILED, attempt: 2, error: why };
      open.append({ case: "status", value: create(TaskEvent_StatusSchema, failed) }, 1_002, 0);
      const again = unseal(seal(open) ?? "", "epoch");
      expect(again.snapshot()).toEqual(open.snapshot());
      expect(eventsOf(again)).toEqual(eventsOf(open));
    }),
  );
});

test("what the text has no place for is not sealed", () => {
  const message = create(MessageSchema, { extensions: ["urn:x"] });
  const task = createTask({ agent: "echo", contextId: "", message, metadata: undefined });
  expect(seal(new TaskRecord(task, new MemoryEventLog(task.id, "epoch"), 1_000))).toBeUndefined();
  const record = recordOf({ case: "text", value: "x" }, []);
  const open = openAgain(record);
  open.append({ case: "usage", value: create(UsageSchema, { inputTokens: 1 }) }, 1, 0);
  expect(seal(open)).toBeUndefined();
});

test("text that follows a whole answer changes the task, not what was said before", () => {
  const record = recordOf({ case: "text", value: "" }, []);
  const open = openAgain(record);
  const message = create(MessageSchema, { parts: [{ content: { case: "text", value: "a" } }] });
  open.append(
    { case: "outputCompleted", value: create(TaskEvent_OutputCompletedSchema, { message }) },
    1,
    0,
  );
  const before = open.snapshot();
  open.append(delta("b"), 2, 0);
  open.append(status(Task_State.COMPLETED), 3, 0);
  expect(message.parts[0]?.content.value).toBe("a");
  expect(before.output?.parts[0]?.content.value).toBe("a");
  expect(open.task.output?.parts[0]?.content.value).toBe("ab");
  expect(unseal(seal(open) ?? "", "epoch").snapshot()).toEqual(open.snapshot());
});

test("fields of a newer contract are not sealed, for JSON would spoil them", () => {
  const unknown = [{ no: 99, wireType: 2, data: new Uint8Array([1]) }];
  const message = create(MessageSchema, { parts: [{ content: { case: "text", value: "a" } }] });
  for (const holder of [message, message.parts[0]]) {
    if (!holder) continue;
    holder.$unknown = unknown;
    const task = createTask({ agent: "echo", contextId: "", message, metadata: undefined });
    expect(seal(new TaskRecord(task, new MemoryEventLog(task.id, "epoch"), 1_000))).toBeUndefined();
    delete holder.$unknown;
  }
});

test("what JSON cannot say is not sealed", () => {
  expect(seal(recordOf({ case: "raw", value: new Uint8Array([1]) }, []))).toBeUndefined();
});

test("a sealed task says its id once, and other ids of messages as they are", () => {
  const open = openAgain(recordOf({ case: "text", value: "x" }, []));
  const message = create(MessageSchema, { messageId: "mine", contextId: "elsewhere" });
  const value = create(TaskEvent_OutputCompletedSchema, { message });
  open.append({ case: "outputCompleted", value }, 1_001, 0);
  open.append(status(Task_State.COMPLETED), 1_002, 0);
  const sealed = seal(open) ?? "";
  expect(sealed.split(open.id)).toHaveLength(2);
  expect(unseal(sealed, "epoch").snapshot()).toEqual(open.snapshot());
});
