import { setTimeout as delay } from "node:timers/promises";
import { createGateway } from "@smartcall/gateway";
import { SmartcallError } from "@smartcall/streaming";
import {
  bandwidth,
  type ConnectionFaults,
  createFaultProxy,
  cut,
  type FaultProxy,
  slice,
  stall,
} from "@smartcall/testing";
import fc from "fast-check";
import { counter } from "../agents/counter.ts";
import type { Drill, DrillResult } from "../drill.ts";
import { CountChecker } from "../sdk/count-checker.ts";
import { type SdkTransport, sdkTransports } from "../sdk/sdk-transports.ts";

/** Silence after which the client holds a connection for lost. */
const idleTimeoutMs = 200;

/** Where a stream of a few dozen events may be hit: 200 bytes an event, and the headers. */
const place = fc.nat(12_000);

const connectionFaults: fc.Arbitrary<ConnectionFaults> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ after: place, kind: fc.constantFrom("close" as const, "reset" as const) })
      .map((options) => ({ downstream: [cut(options)] })),
  },
  { weight: 1, arbitrary: fc.nat(500).map((after) => ({ upstream: [cut({ after })] })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ after: place, ms: fc.nat(30) })
      .map((options) => ({ downstream: [stall(options)] })),
  },
  { weight: 1, arbitrary: place.map((after) => ({ downstream: [stall({ after })] })) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 50_000, max: 1_000_000 })
      .map((bytesPerSecond) => ({ downstream: [bandwidth({ bytesPerSecond })] })),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 20, max: 900 })
      .map((bytes) => ({
        downstream: [slice({ bytes, random: true })],
        upstream: [slice({ bytes, random: true })],
      })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ accept: "reset" as const }, { accept: "blackHole" as const }),
  },
);

/** What befalls one stream. */
interface Schedule {
  readonly pieces: number;
  readonly perSecond: number | undefined;
  readonly connections: readonly ConnectionFaults[];
  /** The reader waits so long after so many events. */
  readonly pauses: readonly { readonly every: number; readonly ms: number }[];
  /** What the reader does after so many events. */
  readonly act: { readonly kind: "cancel" | "leave"; readonly after: number } | undefined;
}

const schedules: fc.Arbitrary<Schedule> = fc.record({
  pieces: fc.integer({ min: 1, max: 60 }),
  perSecond: fc.constantFrom(undefined, 400),
  connections: fc.array(connectionFaults, { maxLength: 6 }),
  pauses: fc.array(fc.record({ every: fc.integer({ min: 1, max: 20 }), ms: fc.nat(5) }), {
    maxLength: 1,
  }),
  act: fc.option(
    fc.record({
      kind: fc.constantFrom("cancel" as const, "leave" as const),
      after: fc.integer({ min: 1, max: 60 }),
    }),
    { nil: undefined },
  ),
});

/** How many schedules are tried, and what chance begins with. */
export interface RunSchedulesOptions {
  readonly runs: number;
  readonly seed: number;
}

/**
 * Reads streams of a gateway in this process, each through a schedule of cuts, stalls, slowness,
 * cancels and resumes of its own.
 *
 * @throws {Error} the smallest schedule that was found to break a stream, with the seed.
 */
export async function runSchedules(
  transport: SdkTransport,
  { runs, seed }: RunSchedulesOptions,
): Promise<{ reconnects: number; events: number }> {
  const gateway = createGateway({ port: 0, inProcess: [counter], limits: { drainMs: 0 } });
  const { port } = await gateway.listen();
  let reconnects = 0;
  let events = 0;
  try {
    const property = fc.asyncProperty(schedules, async (schedule) => {
      await using proxy = await createFaultProxy({
        target: { port },
        seed,
        faults: ({ index }) => schedule.connections[index] ?? {},
      });
      const checker = await readScheduled(transport, proxy, schedule);
      reconnects += checker.reconnects;
      events += checker.numbers;
    });
    await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
  } finally {
    await gateway.close();
  }
  return { reconnects, events };
}

async function readScheduled(
  { create }: SdkTransport,
  proxy: FaultProxy,
  { pieces, perSecond, pauses, act }: Schedule,
): Promise<CountChecker> {
  const smartcall = create({
    url: proxy.url,
    idleTimeoutMs,
    reconnect: { baseDelayMs: 2, maxFirstAttempts: 10 },
  });
  const checker = new CountChecker();
  const data = { pieces, ...(perSecond !== undefined && { perSecond }) };
  let stream = smartcall.stream("counter", { data }, { timeoutMs: 20_000 });
  let read = 0;
  let hasActed = false;
  while (true) {
    let hasLeft = false;
    for await (const event of stream) {
      checker.take(event);
      read++;
      for (const { every, ms } of pauses) if (read % every === 0) await delay(ms);
      if (hasActed || act === undefined || read < act.after || checker.cursor === undefined)
        continue;
      hasActed = true;
      if (act.kind === "leave") {
        hasLeft = true;
        break;
      }
      // Like any request, a cancel may be lost on the way; the one who asks hears of it.
      await stream.cancel().catch((error: unknown) => SmartcallError.from(error));
    }
    if (!hasLeft || checker.taskId === undefined) break;
    stream = smartcall.watch(checker.taskId, { after: checker.cursor ?? "", timeoutMs: 20_000 });
  }
  const problem = checker.problem({ pieces, isCanceled: act?.kind === "cancel" });
  if (problem !== undefined) throw new Error(problem);
  return checker;
}

/** Random schedules of everything that may befall a stream. */
export const scheduleDrill: Drill = {
  name: "schedules",
  title: "random schedules of cut, stall, slow, cancel and resume, in one process",
  async *run({ all, seed }) {
    const runs = all ? 1_000 : 100;
    for (const transport of sdkTransports) yield await judge(transport, { runs, seed });
  },
};

async function judge(transport: SdkTransport, options: RunSchedulesOptions): Promise<DrillResult> {
  const result = { fault: "random schedules", transport: transport.name };
  try {
    const { reconnects, events } = await runSchedules(transport, options);
    const figures = `${options.runs} schedules from seed ${options.seed}, ${events} events, ${reconnects} reconnects`;
    return { ...result, outcome: "passed", figures };
  } catch (error) {
    return { ...result, outcome: "failed", figures: String(error) };
  }
}
