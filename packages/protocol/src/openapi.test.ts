import { expect, expectTypeOf, test } from "vitest";
import type {
  Instance,
  ListTasksResponse,
  MessageInput,
  MessageRole,
  operations,
  Problem,
  Task,
  TaskEvent,
  TaskState,
  UnknownValue,
} from "./openapi.js";

type Known = "UNSPECIFIED" | "USER" | "AGENT";

test("what is answered may be of a newer gateway, what is sent may not", () => {
  expectTypeOf<Task["state"]>().toEqualTypeOf<TaskState | UnknownValue>();
  expectTypeOf<ListTasksResponse["tasks"][number]["state"]>().toEqualTypeOf<Task["state"]>();
  expectTypeOf<NonNullable<Task["output"]>["role"]>().toEqualTypeOf<MessageRole | UnknownValue>();
  expectTypeOf<UnknownValue>().toExtend<Instance["state"]>();
  expectTypeOf<UnknownValue>().toExtend<Problem["reason"]>();
  expectTypeOf<UnknownValue>().toExtend<NonNullable<TaskEvent["end"]>["reason"]>();
  expectTypeOf<MessageInput["role"]>().toEqualTypeOf<Known | undefined>();
  type Query = NonNullable<operations["listTasks"]["parameters"]["query"]>;
  expectTypeOf<NonNullable<Query["states"]>[number]>().toEqualTypeOf<TaskState>();
});

test("what is not listed is a text, and none of those that are", () => {
  expectTypeOf<UnknownValue>().toExtend<string>();
  expectTypeOf<Extract<UnknownValue, TaskState>>().toBeNever();
  // Mapped types as those of openapi-fetch take objects apart, and leave this as it is.
  expectTypeOf<UnknownValue>().not.toExtend<object>();
  // @ts-expect-error a slip of the pen is not taken for a newer gateway
  const state: Task["state"] = "COMPLETD";
  expect(state).toBeTypeOf("string");
});

test("a switch knows its cases, and wants a default", () => {
  const labels: Record<TaskState, string> = {
    UNSPECIFIED: "?",
    SUBMITTED: "is to begin",
    WORKING: "works",
    INPUT_REQUIRED: "asks",
    AUTH_REQUIRED: "asks",
    COMPLETED: "is done",
    FAILED: "is done",
    CANCELED: "is done",
    REJECTED: "is done",
  };
  function hasEnded(state: Task["state"]): boolean {
    switch (state) {
      case "COMPLETED":
      case "FAILED":
      case "CANCELED":
      case "REJECTED":
        expectTypeOf(state).toEqualTypeOf<"COMPLETED" | "FAILED" | "CANCELED" | "REJECTED">();
        return labels[state] === "is done";
      case "UNSPECIFIED":
      case "SUBMITTED":
      case "WORKING":
      case "INPUT_REQUIRED":
      case "AUTH_REQUIRED":
        return false;
      default:
        expectTypeOf(state).toEqualTypeOf<UnknownValue>();
        return state.endsWith("ED");
    }
  }
  expect(hasEnded("REJECTED")).toBe(true);
  expect(hasEnded("PAUSED" as UnknownValue)).toBe(true);
  // @ts-expect-error there is no label for what is not listed
  expect((state: Task["state"]) => labels[state]).toBeTypeOf("function");
  // @ts-expect-error without a default nothing is answered where it is not listed
  const incomplete = (state: "A" | UnknownValue): number => {
    switch (state) {
      case "A":
        return 1;
    }
  };
  expect(incomplete("A")).toBe(1);
});
