import { expect, test } from "vitest";
import { parseAutocannonOutput } from "./autocannon.ts";

test("calls are the answers with a 2xx, all else is an error", () => {
  const output = JSON.stringify({
    "2xx": 5000,
    non2xx: 3,
    errors: 2,
    timeouts: 2,
    duration: 1.01,
    latency: { p50: 4, p99: 12, max: 40 },
  });
  expect(parseAutocannonOutput(output)).toEqual({
    calls: 5000,
    durationMs: 1010,
    errors: 5,
    p50Ms: 4,
    p99Ms: 12,
  });
});
