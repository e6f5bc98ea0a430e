import type { TaskState, UnknownValue } from "@smartcall/protocol/openapi";
import { expect, expectTypeOf, test } from "vitest";
import { type TaskStreamEvent, toTaskStreamEvent } from "./task-stream-event.js";

test("the type of an event says what it has", () => {
  const check = (event: TaskStreamEvent) => {
    if (event.type === "outputDelta") expectTypeOf(event.text).toEqualTypeOf<string>();
    if (event.type === "status") expectTypeOf(event.attempt).toEqualTypeOf<number>();
    if (event.type === "status")
      expectTypeOf(event.state).toEqualTypeOf<TaskState | UnknownValue>();
    if (event.type === "end") expectTypeOf<UnknownValue>().toExtend<typeof event.reason>();
    if (event.type === "snapshot") expectTypeOf(event.task.id).toEqualTypeOf<string>();
    // @ts-expect-error a connection is nobody's event
    if (event.type === "connection") expectTypeOf(event.cursor).toBeString();
  };
  expectTypeOf(check).toBeFunction();
});

test.each([
  {
    name: "an object is laid beside the place",
    given: { progress: { fraction: 0.5, message: "half" } },
    want: { type: "progress", fraction: 0.5, message: "half" },
  },
  {
    name: "a field of the place is not overruled",
    given: { later: { cursor: "x", time: "y", depth: 1 } },
    want: { type: "later", depth: 1 },
  },
  { name: "anything else is its value", given: { later: 7 }, want: { type: "later", value: 7 } },
  { name: "an event that says nothing is unknown", given: {}, want: { type: "unknown" } },
])("$name", ({ given, want }) => {
  const place = { taskId: "t", cursor: "e.1", time: "2026-11-23T09:30:00Z" };
  expect(toTaskStreamEvent({ ...place, ...given })).toEqual({ ...place, ...want });
});
