import type { Measurement } from "./measure.ts";

/** A measurement of one second for tests, at 64 connections in round 1 unless told otherwise. */
export function measurement(
  candidate: string,
  calls: number,
  other: Partial<Measurement> = {},
): Measurement {
  return {
    candidate,
    calls,
    connections: 64,
    round: 1,
    durationMs: 1000,
    errors: 0,
    p50Ms: 1,
    p99Ms: 2,
    ...other,
  };
}
