import type { Measurement } from "./measure.ts";
import { median, type Spread, spread } from "./statistics.ts";

/** All rounds of one candidate at one number of connections. */
export interface Summary {
  readonly candidate: string;
  readonly connections: number;
  readonly callsPerSecond: Spread;
  /** Medians of the rounds' percentiles. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of one call in either process, medians of the rounds. */
  readonly gatewayMicros?: number | undefined;
  readonly agentMicros?: number | undefined;
  /** Calls that failed, in all rounds. */
  readonly errors: number;
  /**
   * Calls per second against those of the yardstick in the same round, the median of the rounds;
   * undefined when the yardstick was not measured.
   */
  readonly ratio?: number | undefined;
}

/** Sums up measurements by connections and candidate, in the order they first come in. */
export function summarize(measurements: readonly Measurement[], yardstick: string): Summary[] {
  const groups = Map.groupBy(
    measurements,
    ({ candidate, connections }) => `${connections} ${candidate}`,
  );
  const summaries = [...groups.values()].flatMap((group) => {
    const first = group[0];
    if (first === undefined) return [];
    const { candidate, connections } = first;
    const yardsticks = groups.get(`${connections} ${yardstick}`);
    return {
      candidate,
      connections,
      callsPerSecond: spread(group.map(callsPerSecond)),
      p50Ms: median(group.map(({ p50Ms }) => p50Ms)),
      p99Ms: median(group.map(({ p99Ms }) => p99Ms)),
      gatewayMicros: medianOfKnown(group.map(({ gatewayMicros }) => gatewayMicros)),
      agentMicros: medianOfKnown(group.map(({ agentMicros }) => agentMicros)),
      errors: group.reduce((sum, { errors }) => sum + errors, 0),
      ratio: yardsticks && pairedRatio(group, yardsticks, callsPerSecond),
    };
  });
  return summaries.toSorted((a, b) => a.connections - b.connections);
}

/** The median over the rounds of one figure against another one of the same round. */
export function pairedRatio(
  measurements: readonly Measurement[],
  others: readonly Measurement[],
  figure: (measurement: Measurement) => number,
): number {
  const ratios = measurements.flatMap((measurement) => {
    const other = others.find(({ round }) => round === measurement.round);
    return other ? figure(measurement) / figure(other) : [];
  });
  return median(ratios);
}

function medianOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : median(known);
}

/** The rate of a measurement. */
export function callsPerSecond({ calls, durationMs }: Measurement): number {
  return (calls * 1000) / durationMs;
}
