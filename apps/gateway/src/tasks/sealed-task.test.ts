import { create } from "@bufbuild/protobuf";
import {
  MessageSchema,
  type Part,
  Task_State,
  TaskEvent_OutputCompletedSchema,
} from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seal, unseal } from "./sealed-task.js";
import { createTask } from "./task-draft.js";
import { TaskRecord } from "./task-record.js";
import { delta, eventsOf, status } from "./task-store.spec.js";

function recordOf(content: Part["content"], texts: readonly string[]): TaskRecord {
  const message = create(MessageSchema, { parts: [{ content }] });
  const metadata = { deep: [1, { "": null }] };
  const task = createTask({ agent: "echo", contextId: "", message, metadata });
  const record = new TaskRecord(task, "epoch", 1_000);
  record.append(status(Task_State.WORKING), 1_001);
  for (const text of texts) record.append(delta(text), 1_002);
  record.append(status(Task_State.COMPLETED), 1_003);
  return record;
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

test("text that follows a whole answer changes the task, not what was said before", () => {
  const record = recordOf({ case: "text", value: "" }, []);
  const open = new TaskRecord(record.task, "epoch", 1_000);
  open.task.state = Task_State.SUBMITTED;
  const message = create(MessageSchema, { parts: [{ content: { case: "text", value: "a" } }] });
  open.append(
    { case: "outputCompleted", value: create(TaskEvent_OutputCompletedSchema, { message }) },
    1,
  );
  const before = open.snapshot();
  open.append(delta("b"), 2);
  open.append(status(Task_State.COMPLETED), 3);
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
    expect(seal(new TaskRecord(task, "epoch", 1_000))).toBeUndefined();
    delete holder.$unknown;
  }
});

test("what JSON cannot say is not sealed", () => {
  expect(seal(recordOf({ case: "raw", value: new Uint8Array([1]) }, []))).toBeUndefined();
});
