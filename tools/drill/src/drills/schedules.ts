import { setTimeout as delay } from "node:timers/promises";
import { createGateway } from "@smartcall/gateway";
import {
  bandwidth,
  type ConnectionFaults,
  type CutKind,
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
const place = fc.nat(6_000);

/** What befalls one connection, in words that can be printed. */
type Mishap =
  | { readonly kind: "cut"; readonly after: number; readonly by: CutKind }
  | { readonly kind: "request cut"; readonly after: number }
  | { readonly kind: "stall"; readonly after: number; readonly ms?: number }
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  | { readonly kind: "pieces"; readonly bytes: number }
  | { readonly kind: "reset" }
  | { readonly kind: "black hole" };

function mishapOf<Kind extends Mishap["kind"]>(
  kind: Kind,
  rest: {
    [Key in keyof Omit<Extract<Mishap, { kind: Kind }>, "kind">]-?: fc.Arbitrary<number | CutKind>;
  },
): fc.Arbitrary<Mishap> {
  return fc.record({ kind: fc.constant(kind), ...rest }) as fc.Arbitrary<Mishap>;
}

const mishaps: fc.Arbitrary<Mishap> = fc.oneof(
  {
    weight: 6,
    arbitrary: mishapOf("cut", { after: place, by: fc.constantFrom("close", "reset") }),
  },
  { weight: 1, arbitrary: mishapOf("request cut", { after: fc.nat(500) }) },
  { weight: 2, arbitrary: mishapOf("stall", { after: place, ms: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("stall" as const), after: place }) },
  {
    weight: 2,
    arbitrary: mishapOf("slow", { bytesPerSecond: fc.integer({ min: 50_000, max: 1_000_000 }) }),
  },
  { weight: 2, arbitrary: mishapOf("pieces", { bytes: fc.integer({ min: 20, max: 900 }) }) },
  { weight: 1, arbitrary: mishapOf("reset", {}) },
  { weight: 1, arbitrary: mishapOf("black hole", {}) },
);

function toFaults(mishap: Mishap | undefined): ConnectionFaults {
  switch (mishap?.kind) {
    case "cut":
      return { downstream: [cut({ after: mishap.after, kind: mishap.by })] };
    case "request cut":
      return { upstream: [cut({ after: mishap.after })] };
    case "stall":
      return { downstream: [stall(mishap)] };
    case "slow":
      return { downstream: [bandwidth(mishap)] };
    case "pieces": {
      const pieces = slice({ bytes: mishap.bytes, random: true });
      return { downstream: [pieces], upstream: [pieces] };
    }
    case "reset":
      return { accept: "reset" };
    case "black hole":
      return { accept: "blackHole" };
    case undefined:
      return {};
  }
}

/** What befalls one stream. */
interface Schedule {
  readonly pieces: number;
  readonly perSecond: number | undefined;
  readonly connections: readonly Mishap[];
  /** The reader waits so long after so many events. */
  readonly pauses: readonly { readonly every: number; readonly ms: number }[];
  /** What the reader does after so many events. */
  readonly act: { readonly kind: "cancel" | "leave"; readonly after: number } | undefined;
}

const schedules: fc.Arbitrary<Schedule> = fc.record({
  pieces: fc.integer({ min: 1, max: 100 }),
  perSecond: fc.constantFrom(undefined, 400),
  connections: fc.array(mishaps, { maxLength: 6 }),
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
        faults: ({ index }) => toFaults(schedule.connections[index]),
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
    // Patient: a quiet stream's answer may take longer to begin than silence is borne here.
    reconnect: { baseDelayMs: 2, maxDelayMs: 50, maxAttempts: 200, maxFirstAttempts: 200 },
  });
  const checker = new CountChecker();
  const data = { pieces, ...(perSecond !== undefined && { perSecond }) };
  let stream = smartcall.stream("counter", { data }, { timeoutMs: 120_000 });
  let read = 0;
  let hasActed = false;
  while (true) {
    let hasLeft = false;
    for await (const event of stream) {
      checker.take(event);
      read++;
      for (const { every, ms } of pauses) if (read % every === 0) await delay(ms);
      const isDue = act !== undefined && read >= act.after && event.type !== "end";
      if (hasActed || !isDue || checker.cursor === undefined) continue;
      hasActed = true;
      if (act.kind === "leave") {
        hasLeft = true;
        break;
      }
      // Like any request, a cancel may be lost on the way; nobody waits for it here.
      stream.cancel().catch(() => {});
    }
    if (!hasLeft || checker.taskId === undefined) break;
    stream = smartcall.watch(checker.taskId, { after: checker.cursor ?? "", timeoutMs: 120_000 });
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
    // About one for each; far fewer, and what is to go wrong does not.
    const isHit = reconnects >= options.runs / 3;
    return { ...result, outcome: isHit ? "passed" : "failed", figures };
  } catch (error) {
    const cause = error instanceof Error && error.cause ? `\n${error.cause}` : "";
    return { ...result, outcome: "failed", figures: `${error}${cause}` };
  }
}
