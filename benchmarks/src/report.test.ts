import { expect, test } from "vitest";
import { formatReport } from "./report.ts";

test("a report shows each number of connections, memory, goals and what was left out", () => {
  const figures = { connections: 64, p50Ms: 4.3, p99Ms: 9.12, errors: 0 };
  const text = formatReport({
    summaries: [
      {
        ...figures,
        candidate: "bare",
        callsPerSecond: { median: 14012.4, min: 13800, max: 14300 },
        ratio: 1,
        gatewayMicros: 49.6,
      },
      {
        ...figures,
        candidate: "smartcall",
        callsPerSecond: { median: 9800, min: 9000, max: 9900 },
        gatewayMicros: 60,
        agentMicros: 21.2,
      },
    ],
    footprints: [
      { candidate: "bare", answerBytes: 900, gatewayPeakBytes: 101_000_000 },
      {
        candidate: "smartcall",
        answerBytes: 950,
        gatewayPeakBytes: 1,
        agentPeakBytes: 99_600_000,
      },
    ],
    goals: [
      { goal: "at 64 is fast", measured: 0.7, met: true },
      { goal: "at 1 is fast", measured: 4, met: false },
      { goal: "in Go is fast" },
    ],
    skipped: [{ candidate: "grpc-gateway", reason: "Go is not on this machine" }],
    otherLoad: 0.02,
  });
  expect(
    text,
  ).toBe(`64 connections  calls/s        (min–max)  × bare  p50 ms  p99 ms  gateway µs  agent µs  errors
bare             14,012  (13,800–14,300)    1.00    4.30    9.12          50         –       0
smartcall         9,800    (9,000–9,900)       –    4.30    9.12          60        21       0

peak memory  gateway MB  agent MB  answer bytes
bare                101         –           900
smartcall             0       100           950

met          smartcall at 64 is fast: 0.70
MISSED       smartcall at 1 is fast: 4.00
not measured smartcall in Go is fast

skipped grpc-gateway: Go is not on this machine`);
});

test("a busy machine is told", () => {
  const nothing = { summaries: [], footprints: [], goals: [], skipped: [] };
  expect(formatReport({ ...nothing, otherLoad: 0.5 })).toContain("used 50 % of the machine");
});
