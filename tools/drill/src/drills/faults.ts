import { setTimeout as delay } from "node:timers/promises";
import {
  bandwidth,
  type ConnectionFaults,
  createFaultProxy,
  cut,
  duplicate,
  type FaultProxy,
  garble,
  latency,
  type Random,
  slice,
  stall,
} from "@smartcall/testing";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { inParallel } from "../in-parallel.ts";
import { startAgents } from "../processes/agents.ts";
import { type GatewayProcess, startGateway } from "../processes/gateway.ts";
import { readCounted } from "../sdk/read-counted.ts";
import { type SdkTransport, sdkTransports } from "../sdk/sdk-transports.ts";
import { formatMs } from "../statistics.ts";

const count = 200;
/** Bytes of the shortest stream, about: a place that chance picks below lies in the middle of it. */
const streamBytes = 15_000;

interface Fault {
  readonly name: string;
  readonly faults?: (connection: { index: number; random: Random }) => ConnectionFaults;
  /** What happens once the stream is under way. */
  readonly meanwhile?: (proxy: FaultProxy) => Promise<void>;
  /** Silence after which a connection is lost; the SDK's default when absent. */
  readonly idleTimeoutMs?: number;
  /** Whether the connection must have been lost. */
  readonly breaks?: boolean;
  /** What each stream must have taken at least, or nothing went wrong on its way. */
  readonly atLeastMs?: number;
  readonly isGarbled?: boolean;
}

const firstOnly =
  (faults: (random: Random) => ConnectionFaults) =>
  ({ index, random }: { index: number; random: Random }) =>
    index === 0 ? faults(random) : {};
const pieces = () => slice({ bytes: 700, random: true });
const somewhere = (random: Random) => Math.floor(random() * streamBytes);

const faults: readonly Fault[] = [
  { name: "none" },
  {
    name: "stall for 500 ms",
    atLeastMs: 495,
    faults: firstOnly((random) => ({ downstream: [stall({ after: somewhere(random), ms: 500 })] })),
  },
  {
    name: "stall for good",
    faults: firstOnly((random) => ({ downstream: [stall({ after: somewhere(random) })] })),
    idleTimeoutMs: 1000,
    breaks: true,
  },
  {
    name: "no answer when it comes back",
    faults: ({ index, random }) =>
      index === 0
        ? { downstream: [cut({ after: somewhere(random) })] }
        : index === 1
          ? { accept: "blackHole" }
          : {},
    idleTimeoutMs: 1000,
    breaks: true,
  },
  {
    name: "30 kB/s",
    faults: () => ({ downstream: [bandwidth({ bytesPerSecond: 30_000 })] }),
    atLeastMs: (streamBytes / 30_000) * 1000,
  },
  {
    name: "20 ms ± 10 ms away",
    faults: () => ({
      upstream: [latency({ ms: 20, jitterMs: 10 })],
      downstream: [latency({ ms: 20, jitterMs: 10 })],
    }),
    atLeastMs: 18,
  },
  { name: "every byte by itself", faults: () => ({ upstream: [slice()], downstream: [slice()] }) },
  { name: "random pieces", faults: () => ({ downstream: [pieces()] }) },
  {
    name: "chunks sent twice",
    faults: ({ index }) =>
      index < 5 ? { downstream: [pieces(), duplicate({ chance: 0.1 })] } : {},
    // A piece may lie within one text, which then has it twice: no number can show that.
    isGarbled: true,
  },
  {
    name: "a bit flipped",
    faults: ({ index, random }) =>
      index < 3 ? { downstream: [garble({ at: somewhere(random) })] } : {},
    isGarbled: true,
  },
  {
    name: "reset",
    faults: firstOnly((random) => ({
      downstream: [cut({ after: somewhere(random), kind: "reset" })],
    })),
    breaks: true,
  },
  {
    name: "request cut",
    // No request is as short as the first of these.
    faults: ({ index, random }) =>
      index < 3
        ? { upstream: [cut({ after: Math.floor(random() * (index === 0 ? 150 : 400)) })] }
        : {},
    breaks: true,
  },
  {
    name: "offline for 2 s",
    meanwhile: async (proxy) => {
      await proxy.goOffline();
      await delay(2000);
      await proxy.goOnline();
    },
    breaks: true,
  },
];

/** Every fault against every transport. */
export const faultTable: Drill = {
  name: "faults",
  title: "each fault on each transport: 200 events once each, in order",
  async *run(context) {
    await using gateway = await startGateway();
    await using agents = await startAgents(gateway.url);
    for (const fault of faults) {
      // Together, as most of it is waiting.
      yield* await Promise.all(
        sdkTransports.map((transport) => suffer(gateway, transport, fault, context)),
      );
    }
    void agents;
  },
};

async function suffer(
  { url, port }: GatewayProcess,
  { name, create }: SdkTransport,
  fault: Fault,
  { all, seed }: DrillContext,
): Promise<DrillResult> {
  const start = performance.now();
  const { breaks = false, atLeastMs = 0 } = fault;
  const isHitBy = ({ reconnects: lost, tookMs }: { reconnects: number; tookMs: number }) =>
    (lost > 0 || !breaks) && tookMs >= atLeastMs;
  const read = async (round: number) => {
    await using proxy = await createFaultProxy({
      target: { port, host: new URL(url).hostname },
      seed: seed + round,
      ...(fault.faults && { faults: fault.faults }),
    });
    const smartcall = create({
      url: proxy.url,
      ...(fault.idleTimeoutMs !== undefined && { idleTimeoutMs: fault.idleTimeoutMs }),
      reconnect: { maxFirstAttempts: 10 },
    });
    const stream = smartcall.stream(
      "counter",
      { data: { pieces: count, ...(fault.meanwhile && { perSecond: 100 }) } },
      { timeoutMs: 120_000 },
    );
    let meanwhile: Promise<void> | undefined;
    const begunAt = performance.now();
    const reading = await readCounted(stream, {
      pieces: count,
      isGarbled: fault.isGarbled ?? false,
      onEvent: (event) => {
        if (event.type === "outputDelta") meanwhile ??= fault.meanwhile?.(proxy);
      },
    });
    const tookMs = performance.now() - begunAt;
    await meanwhile;
    return { ...reading, tookMs };
  };
  const rounds = Array.from({ length: all ? 20 : 4 });
  const readings = await inParallel(rounds, 4, async (_, round) => {
    let reading = await read(round);
    // Where this process stood still, a stream was over before anything could happen to it.
    for (let again = 0; again < 3 && !reading.problem && !isHitBy(reading); again++) {
      reading = await read(round);
    }
    return reading;
  });
  const took = performance.now() - start;
  const reconnects = readings.reduce((sum, each) => sum + each.reconnects, 0);
  const bad = readings.filter(
    // Bytes that were changed may end a stream with an error that says so, never with a wrong order.
    ({ problem, failure }) => problem !== undefined && !(fault.isGarbled && failure !== undefined),
  );
  const isHit = readings.every(isHitBy);
  return {
    fault: fault.name,
    transport: name,
    outcome: bad.length === 0 && isHit ? "passed" : "failed",
    figures:
      `${readings.length} streams, ${reconnects} reconnects, ${formatMs(took)}` +
      (bad[0] ? `; ${bad.length} not whole, first: ${bad[0].problem}` : "") +
      (isHit ? "" : "; nothing went wrong on the way of a stream"),
  };
}
