import { checkCall } from "./call.ts";
import type { Candidate, RunningCandidate, StartOptions } from "./candidates/candidate.ts";
import type { LoadGenerator, LoadSample } from "./load.ts";
import type { BenchOptions } from "./options.ts";
import { readCpuTime, readPeakMemory } from "./process-usage.ts";

/** One candidate under load for once. */
export interface Measurement extends LoadSample {
  readonly candidate: string;
  readonly connections: number;
  readonly round: number;
  /** Processor time that one call took the process with the REST face. */
  readonly gatewayMicros?: number | undefined;
  /** Processor time that one call took the agent's process. */
  readonly agentMicros?: number | undefined;
}

/** Two moments of the system's monotonic clock, in microseconds, as V8's profiles tell them too. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What is known of a candidate besides its measurements. */
export interface Footprint {
  readonly candidate: string;
  /** Bytes of one answer. */
  readonly answerBytes: number;
  /** The most memory that the process with the REST face held, in bytes. */
  readonly gatewayPeakBytes?: number | undefined;
  /** The most memory that the agent's process held, in bytes. */
  readonly agentPeakBytes?: number | undefined;
}

/** What {@link measure} found. */
export interface Measured {
  readonly measurements: readonly Measurement[];
  readonly footprints: readonly Footprint[];
  /** From the first round to the end of the last. */
  readonly window: TimeWindow;
}

/** What {@link measure} needs. */
export interface MeasureOptions {
  readonly candidates: readonly Candidate[];
  readonly load: LoadGenerator;
  readonly options: Pick<BenchOptions, "rounds" | "seconds" | "warmUpSeconds" | "connections">;
  /** What every candidate is started with. */
  readonly startOptions?: StartOptions;
  /** Takes one line whenever something was done. */
  readonly report: (line: string) => void;
  /** Ends the run early; everything started is stopped. */
  readonly signal: AbortSignal;
}

/**
 * Starts all candidates, warms them up, loads them in turn, and stops them.
 *
 * A round measures every candidate at every number of connections, and every second round goes
 * backwards, so that a machine that gets slower or faster does so for all of them alike.
 */
export async function measure(setup: MeasureOptions): Promise<Measured> {
  const { candidates, load, options, report, signal } = setup;
  await using everything = new AsyncDisposableStack();
  const running: { name: string; candidate: RunningCandidate; answerBytes: number }[] = [];
  for (const { name, start } of candidates) {
    signal.throwIfAborted();
    const candidate = everything.use(await start(setup.startOptions));
    const answerBytes = await checkCall(candidate.url, signal);
    running.push({ name, candidate, answerBytes });
    const { url } = candidate;
    await load.run({ url, connections: 64, seconds: options.warmUpSeconds, signal });
    report(`${name}: started, right, warm`);
  }

  const measurements: Measurement[] = [];
  const from = monotonicMicros();
  for (let round = 1; round <= options.rounds; round++) {
    for (const connections of options.connections) {
      for (const { name, candidate } of round % 2 ? running : running.toReversed()) {
        signal.throwIfAborted();
        const target = { url: candidate.url, connections, seconds: options.seconds, signal };
        const sample = await loadAndTime(candidate, () => load.run(target));
        measurements.push({ candidate: name, connections, round, ...sample });
        const rate = Math.round((sample.calls * 1000) / sample.durationMs);
        const errors = sample.errors ? `, ${sample.errors} errors` : "";
        report(
          `round ${round}/${options.rounds}, ${connections} conn., ${name}: ${rate}/s${errors}`,
        );
      }
    }
  }

  const window = { from, to: monotonicMicros() };

  const footprints: Footprint[] = [];
  for (const { name, candidate, answerBytes } of running) {
    await checkCall(candidate.url, signal);
    footprints.push({
      candidate: name,
      answerBytes,
      gatewayPeakBytes: await readPeakMemory(candidate.gateway.pid),
      agentPeakBytes: candidate.agent && (await readPeakMemory(candidate.agent.pid)),
    });
  }
  return { measurements, footprints, window };
}

async function loadAndTime({ gateway, agent }: RunningCandidate, run: () => Promise<LoadSample>) {
  const readBoth = () =>
    Promise.all([readCpuTime(gateway.pid), agent ? readCpuTime(agent.pid) : undefined]);
  const before = await readBoth();
  const sample = await run();
  const after = await readBoth();
  const [gatewayMicros, agentMicros] = after.map((afterMs, index) => {
    const beforeMs = before[index];
    if (afterMs === undefined || beforeMs === undefined) return undefined;
    return ((afterMs - beforeMs) * 1000) / sample.calls;
  });
  return { ...sample, gatewayMicros, agentMicros };
}

function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
