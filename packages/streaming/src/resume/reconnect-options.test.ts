import { expect, test } from "vitest";
import { reconnectDelayMs, resolveReconnectOptions } from "./reconnect-options.js";

const later = { atOnce: false, retryAfterMs: undefined };

test.each([
  { name: "the first try", attempt: 1, failure: later, want: 125 },
  { name: "the second try", attempt: 2, failure: later, want: 250 },
  { name: "the sixth try", attempt: 6, failure: later, want: 4_000 },
  { name: "a late try", attempt: 9, failure: later, want: 5_000 },
  { name: "a try beyond counting", attempt: 5_000, failure: later, want: 5_000 },
  {
    name: "a try that may come at once",
    attempt: 1,
    failure: { ...later, atOnce: true },
    want: 0,
  },
  {
    name: "a second try at once, as the first did not help",
    attempt: 2,
    failure: { ...later, atOnce: true },
    want: 250,
  },
  {
    name: "a try that the gateway wants later",
    attempt: 1,
    failure: { atOnce: true, retryAfterMs: 30_000 },
    want: 32_500,
  },
  {
    name: "a try that the gateway would take sooner",
    attempt: 3,
    failure: { atOnce: false, retryAfterMs: 10 },
    want: 500,
  },
])("$name waits $want ms in the middle of its range", ({ attempt, failure, want }) => {
  const options = resolveReconnectOptions({ random: () => 0.5 });
  expect(reconnectDelayMs(options, attempt, failure)).toBe(want);
});

test("the jitter is full: from nothing to the whole", () => {
  const delays = [0, 0.999].map((value) =>
    reconnectDelayMs(resolveReconnectOptions({ random: () => value }), 1, later),
  );
  expect(delays).toEqual([0, 250]);
});
