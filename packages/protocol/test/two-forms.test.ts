import { createRequire } from "node:module";
import * as imported from "@smartcall/protocol";
import { expect, test } from "vitest";

const required = createRequire(import.meta.url)("@smartcall/protocol") as typeof imported;

test("what is required is another copy than what is imported", () => {
  expect(required.SmartcallError).not.toBe(imported.SmartcallError);
});

test.each([
  { name: "imported by the one required", thrower: imported, catcher: required },
  { name: "required by the one imported", thrower: required, catcher: imported },
])("an error is recognised when it was $name", ({ thrower, catcher }) => {
  const error = new thrower.SmartcallError({ reason: "AGENT_BUSY", retryAfterMs: 250 });
  expect(error instanceof catcher.SmartcallError).toBe(true);
  expect(catcher.SmartcallError.from(error)).toBe(error);
  expect(catcher.toProblem(error)).toEqual(thrower.toProblem(error));
});
