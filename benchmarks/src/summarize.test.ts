import { expect, test } from "vitest";
import { measurement } from "./measurement-fixture.ts";
import { summarize } from "./summarize.ts";

test("rounds become a median, a spread and the sum of errors", () => {
  const rounds = [
    measurement("bare", 300, { round: 1, p50Ms: 3, errors: 1, gatewayMicros: 30 }),
    measurement("bare", 100, { round: 2, p50Ms: 1, gatewayMicros: 50 }),
    measurement("bare", 400, { round: 3, p50Ms: 9, durationMs: 2000, errors: 2 }),
  ];
  expect(summarize(rounds, "bare")).toEqual([
    {
      candidate: "bare",
      connections: 64,
      callsPerSecond: { median: 200, min: 100, max: 300 },
      p50Ms: 3,
      p99Ms: 2,
      gatewayMicros: 40,
      errors: 3,
      ratio: 1,
    },
  ]);
});

test("a ratio is taken within its round, so that a slow machine does not change it", () => {
  const rounds = [
    measurement("bare", 1000, { round: 1 }),
    measurement("peer", 500, { round: 1 }),
    measurement("bare", 100, { round: 2 }),
    measurement("peer", 50, { round: 2 }),
    measurement("bare", 1000, { round: 3 }),
    measurement("peer", 100, { round: 3 }),
  ];
  expect(summarize(rounds, "bare").find(({ candidate }) => candidate === "peer")?.ratio).toBe(0.5);
});

test("without the yardstick there is no ratio", () => {
  expect(summarize([measurement("peer", 5)], "bare")[0]?.ratio).toBeUndefined();
});

test("summaries come by connections, then in the order of the candidates", () => {
  const order = summarize(
    [
      measurement("b", 1, { connections: 256 }),
      measurement("b", 1, { connections: 1 }),
      measurement("a", 1, { connections: 256 }),
      measurement("a", 1, { connections: 1 }),
    ],
    "a",
  ).map(({ candidate, connections }) => `${connections} ${candidate}`);
  expect(order).toEqual(["1 b", "1 a", "256 b", "256 a"]);
});
