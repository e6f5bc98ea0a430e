import { create } from "@bufbuild/protobuf";
import { MessageSchema, type Part, Task_State } from "@smartcall/protocol/proto";
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

test("what JSON cannot say is not sealed", () => {
  expect(seal(recordOf({ case: "raw", value: new Uint8Array([1]) }, []))).toBeUndefined();
});
