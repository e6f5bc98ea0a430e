import fc from "fast-check";
import { expect, test } from "vitest";
import { errorFromResponse, parseRetryAfter } from "./response-error.js";

const now = () => Date.parse("2026-11-23T10:00:00Z");

test.each([
  { text: "120", want: 120_000 },
  { text: "0", want: 0 },
  { text: "1.5", want: 1_500 },
  { text: " 2 ", want: 2_000 },
  { text: "Mon, 23 Nov 2026 10:00:30 GMT", want: 30_000 },
  { text: "Mon, 23 Nov 2026 09:00:00 GMT", want: 0 },
  { text: "soon", want: undefined },
  { text: "-5", want: 0 },
  { text: "1.2.3", want: undefined },
  { text: "", want: undefined },
  { text: null, want: undefined },
])("Retry-After $text is $want ms", ({ text, want }) => {
  expect(parseRetryAfter(text, now)).toBe(want);
});

test("no Retry-After makes a wait of less than nothing, or of no number", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.date().map(String), fc.integer().map(String)), (text) => {
      const delayMs = parseRetryAfter(text, now) ?? 0;
      expect(delayMs).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(delayMs)).toBe(true);
    }),
    { seed: 20261123 },
  );
});

test("a redirect names where it leads, and is not followed", () => {
  const headers = { location: "https://elsewhere.test/" };
  const error = errorFromResponse(new Response(null, { status: 308, headers }), undefined);
  expect(error).toMatchObject({
    status: 308,
    retryable: false,
    message: expect.stringContaining("https://elsewhere.test/"),
  });
});
