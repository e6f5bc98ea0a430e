import type { RunningCandidate } from "../candidates/candidate.ts";
import { readCpuTime } from "../process-usage.ts";
import type { StreamCandidate } from "./stream-candidate.ts";

/** What is measured, and how often. */
export interface TokensOptions {
  /** The first one is the yardstick. */
  readonly candidates: readonly StreamCandidate[];
  readonly rounds: number;
  /** Streams at a time. */
  readonly streams: number;
  /** Pieces of text in each stream. */
  readonly pieces: number;
  /** Hears of progress. */
  report(line: string): void;
}

/** One candidate in one round. */
export interface TokensMeasurement {
  readonly piecesPerSecond: number;
  /** Against the yardstick in the same round. */
  readonly ratio: number;
  readonly piecesPerEvent: number;
  /** Processor time of a piece in the process that the reader reads from. */
  readonly gatewayMicros: number;
  /** Processor time of a piece in the agent's process; 0 where there is none. */
  readonly agentMicros: number;
}

/** Measures every candidate once a round, all of them up at the same time, after a warm-up. */
export async function measureTokens(
  options: TokensOptions,
): Promise<Map<string, TokensMeasurement[]>> {
  const { candidates, rounds, streams, pieces, report } = options;
  await using stack = new AsyncDisposableStack();
  const running = new Map<StreamCandidate, RunningCandidate>();
  for (const candidate of candidates) {
    report(`starting ${candidate.name}: ${candidate.description}`);
    const started = stack.use(await candidate.start());
    running.set(candidate, started);
    await candidate.read(started.url, streams, Math.ceil(pieces / 4));
  }
  const measurements = new Map(candidates.map(({ name }) => [name, [] as TokensMeasurement[]]));
  for (let round = 1; round <= rounds; round++) {
    let yardstick: number | undefined;
    for (const [candidate, started] of running) {
      const measured = await measureOnce(candidate, started, streams, pieces);
      yardstick ??= measured.piecesPerSecond;
      const ratio = measured.piecesPerSecond / yardstick;
      measurements.get(candidate.name)?.push({ ...measured, ratio });
      const speed = measured.piecesPerSecond.toFixed(0);
      report(`round ${round}/${rounds}  ${candidate.name}: ${speed} pieces/s, ${ratio.toFixed(2)}`);
    }
  }
  return measurements;
}

async function measureOnce(
  candidate: StreamCandidate,
  { url, gateway, agent }: RunningCandidate,
  streams: number,
  pieces: number,
) {
  const total = streams * pieces;
  const gatewayBefore = await readCpuTime(gateway.pid);
  const agentBefore = agent && (await readCpuTime(agent.pid));
  const startMs = performance.now();
  const readings = await candidate.read(url, streams, pieces);
  const seconds = (performance.now() - startMs) / 1_000;
  const gatewayAfter = await readCpuTime(gateway.pid);
  const agentAfter = agent && (await readCpuTime(agent.pid));
  const events = readings.reduce((sum, reading) => sum + reading.events, 0);
  return {
    piecesPerSecond: total / seconds,
    piecesPerEvent: total / events,
    gatewayMicros: (((gatewayAfter ?? 0) - (gatewayBefore ?? 0)) * 1_000) / total,
    agentMicros: (((agentAfter ?? 0) - (agentBefore ?? 0)) * 1_000) / total,
  };
}
