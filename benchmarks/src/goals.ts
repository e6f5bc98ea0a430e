import type { Measurement } from "./measure.ts";
import { callsPerSecond, pairedRatio } from "./summarize.ts";

/** A goal and how a run did against it. */
export interface GoalResult {
  readonly goal: string;
  /** The ratio that was measured; undefined when the run did not measure it. */
  readonly measured?: number | undefined;
  readonly met?: boolean | undefined;
}

/** A ratio of this gateway to a peer, in the same run, that is wanted. */
interface Goal {
  readonly goal: string;
  readonly peer: string;
  readonly connections: number;
  readonly figure: (measurement: Measurement) => number;
  readonly isMet: (ratio: number) => boolean;
}

const goals: readonly Goal[] = [
  {
    goal: "at 64 connections at least 0.6 of bare's calls/s",
    peer: "bare",
    connections: 64,
    figure: callsPerSecond,
    isMet: (ratio) => ratio >= 0.6,
  },
  {
    goal: "at 64 connections at least 8 times connect-node's calls/s",
    peer: "connect-node",
    connections: 64,
    figure: callsPerSecond,
    isMet: (ratio) => ratio >= 8,
  },
  {
    goal: "at 1 connection at most 3 times bare's median latency",
    peer: "bare",
    connections: 1,
    figure: ({ p50Ms }) => p50Ms,
    isMet: (ratio) => ratio <= 3,
  },
];

/** Holds a run against what the project wants of it. */
export function evaluateGoals(measurements: readonly Measurement[]): GoalResult[] {
  return goals.map(({ goal, peer, connections, figure, isMet }) => {
    const at = measurements.filter((measurement) => measurement.connections === connections);
    const measured = pairedRatio(
      at.filter(({ candidate }) => candidate === "smartcall"),
      at.filter(({ candidate }) => candidate === peer),
      figure,
    );
    return Number.isNaN(measured) ? { goal } : { goal, measured, met: isMet(measured) };
  });
}
