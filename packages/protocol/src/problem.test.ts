import fc from "fast-check";
import { expect, test } from "vitest";
import { errorFromProblem } from "./errors/error-from-problem.js";
import { toProblem } from "./problem.js";
import { allReasons } from "./reasons.js";
import { SmartcallError } from "./smartcall-error.js";

test("an error that is written as a problem and read again says the same", () => {
  const errors = fc.record({
    reason: fc.constantFrom(...allReasons),
    message: fc.string({ minLength: 1 }),
    requestId: fc.string({ minLength: 1 }),
    retryable: fc.boolean(),
    errors: fc.array(
      fc.record({ pointer: fc.string({ minLength: 1 }), detail: fc.string({ minLength: 1 }) }),
    ),
  });
  fc.assert(
    fc.property(errors, (init) => {
      const error = new SmartcallError(init);
      const read = errorFromProblem(toProblem(error, "/v1/agents"), { status: error.status });
      expect(read).toMatchObject(init);
      expect(read.status).toBe(error.status);
    }),
  );
});

test("a problem names its reason as a URI, and its path", () => {
  const problem = toProblem(new SmartcallError({ reason: "AGENT_NOT_FOUND" }), "/v1/agents/nobody");
  expect(problem).toEqual({
    type: "urn:smartcall:reason:AGENT_NOT_FOUND",
    title: "No agent of this name",
    status: 404,
    detail: "No agent of this name; GET /v1/agents lists them.",
    instance: "/v1/agents/nobody",
    reason: "AGENT_NOT_FOUND",
    requestId: "",
    retryable: false,
    errors: [],
  });
});

test.each([
  { name: "HTML of a proxy", body: "<html>", status: 502, want: "INTERNAL" },
  { name: "an empty body", body: undefined, status: 401, want: "UNAUTHENTICATED" },
  {
    name: "a reason of the future",
    body: { reason: "TOO_LOUD" },
    status: 429,
    want: "RATE_LIMITED",
  },
  { name: "a list", body: [1], status: 413, want: "PAYLOAD_TOO_LARGE" },
  { name: "a reason that is no text", body: { reason: 7 }, status: 418, want: "INTERNAL" },
])("$name becomes the reason of its status", ({ body, status, want }) => {
  expect(errorFromProblem(body, { status })).toMatchObject({ reason: want, status });
});

test("the request id of the header stands in for one that the body lacks", () => {
  const error = errorFromProblem({}, { status: 500, requestId: "r-1", retryAfterMs: 1000 });
  expect(error).toMatchObject({ requestId: "r-1", retryAfterMs: 1000 });
});
