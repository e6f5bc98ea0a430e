import { expect, test, vi } from "vitest";
import { SmartcallError } from "./smartcall-error.js";

test("an error says what the table says of its reason", () => {
  const error = new SmartcallError({ reason: "AGENT_BUSY" });
  expect(error).toMatchObject({ name: "SmartcallError", status: 503, retryable: true, errors: [] });
  expect(error.message).toBe("All instances of the agent are busy; nothing has run.");
});

test("what an error is told goes before the table", () => {
  const error = new SmartcallError({
    reason: "AGENT_BUSY",
    message: "Come back later.",
    status: 529,
    retryable: false,
    retryAfterMs: 250,
  });
  expect(error).toMatchObject({
    message: "Come back later.",
    status: 529,
    retryable: false,
    retryAfterMs: 250,
  });
});

test("two copies of the package recognise each other's errors", async () => {
  vi.resetModules();
  const copy = await import("./smartcall-error.js");
  expect(copy.SmartcallError).not.toBe(SmartcallError);

  const error = new copy.SmartcallError({ reason: "TASK_NOT_FOUND" });
  expect(error instanceof SmartcallError).toBe(true);
  expect(new SmartcallError({ reason: "INTERNAL" }) instanceof copy.SmartcallError).toBe(true);
  expect(SmartcallError.from(error)).toBe(error);
});

test.each([new Error("no"), "SmartcallError", null, undefined, { name: "SmartcallError" }])(
  "%j is not one of ours",
  (value) => {
    expect(value instanceof SmartcallError).toBe(false);
  },
);

test.each([
  {
    name: "a timeout",
    given: new DOMException("late", "TimeoutError"),
    want: { reason: "DEADLINE_EXCEEDED", status: 504 },
  },
  {
    name: "an abort",
    given: new DOMException("gone", "AbortError"),
    want: { reason: "CANCELED", status: 499 },
  },
  {
    name: "any other error",
    given: new TypeError("x is not a function"),
    want: { reason: "INTERNAL", message: "x is not a function" },
  },
  { name: "a text", given: "broken", want: { reason: "INTERNAL", message: "broken" } },
  { name: "nothing", given: undefined, want: { reason: "INTERNAL", message: "undefined" } },
])("$name that was thrown becomes an error and is kept as its cause", ({ given, want }) => {
  const error = SmartcallError.from(given);
  expect(error).toMatchObject(want);
  expect(error.cause).toBe(given);
});

test("the reason of anything else thrown can be chosen", () => {
  expect(SmartcallError.from(new Error("boom"), "AGENT_FAILED").reason).toBe("AGENT_FAILED");
});

test("a reason that this version does not know becomes the fallback", () => {
  expect(SmartcallError.reasonFrom("AGENT_NOT_FOUND")).toBe("AGENT_NOT_FOUND");
  expect(SmartcallError.reasonFrom("FROM_THE_FUTURE")).toBe("INTERNAL");
  expect(SmartcallError.reasonFrom("FROM_THE_FUTURE", "AGENT_FAILED")).toBe("AGENT_FAILED");
});
