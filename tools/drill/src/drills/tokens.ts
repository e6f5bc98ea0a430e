import { setTimeout as delay } from "node:timers/promises";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { startAgents } from "../processes/agents.ts";
import { startGateway } from "../processes/gateway.ts";
import { type Load, startLoad } from "../processes/load.ts";
import { readCpuMs } from "../processes/system-figures.ts";
import type { GroupOptions, GroupReport } from "../raw/reader-group.ts";
import { formatMs } from "../statistics.ts";

const transports = [
  { name: "SSE", transport: "sse" },
  { name: "WebSocket", transport: "websocket" },
] as const;

const perSecond = 50;

/** Many streams of tokens over one link: nothing is lost, and one that stalls slows down no other. */
export const tokens: Drill = {
  name: "tokens",
  title: "200 streams × 50 tokens/s over one link, then more until it bends; one reader stalls",
  async *run(context) {
    const seconds = context.all ? 20 : 5;
    for (const { name, transport } of transports) {
      yield* steady({ name, transport, seconds, streams: context.all ? 200 : 100 });
      yield* stalled({ name, transport, seconds, streams: 100 });
      yield await bend({ name, transport, context });
    }
  },
};

interface Part {
  readonly name: string;
  readonly transport: GroupOptions["transport"];
  readonly seconds: number;
  readonly streams: number;
}

/** Every stream has all its pieces, at the rate at which they were made. */
async function* steady({ name, transport, seconds, streams }: Part): AsyncIterable<DrillResult> {
  await using stage = await setUp();
  const pieces = perSecond * seconds;
  await stage.load.open("readers", {
    gatewayUrl: stage.gateway.url,
    transport,
    count: streams,
    request: { agent: "ticker", data: { pieces, perSecond } },
  });
  const report = await whenEnded(stage.load, "readers", streams, seconds + 20);
  const lost = report.totals.reduce((sum, total) => sum + (pieces - total), 0);
  const rate = report.pieces / report.seconds;
  yield {
    fault: `tokens: ${streams} × ${perSecond}/s`,
    transport: name,
    outcome: isWhole(report, streams) && lost === 0 ? "passed" : "failed",
    figures: `${describe(report)}; ${lost} of ${pieces * streams} lost, ${Math.round(rate)} tokens/s`,
  };
}

/** One reader that takes nothing leaves the rate of the others as it was. */
async function* stalled({ name, transport, seconds, streams }: Part): AsyncIterable<DrillResult> {
  for (const onDisconnect of ["CONTINUE", "CANCEL"] as const) {
    await using stage = await setUp();
    const { load, gateway } = stage;
    const readers = {
      gatewayUrl: gateway.url,
      transport,
      request: { agent: "ticker", data: { pieces: 1_000_000, perSecond }, onDisconnect: "CANCEL" },
    } as const;
    await load.open("readers", { ...readers, count: streams });
    await load.report("readers");
    await delay(seconds * 1000);
    const before = await load.report("readers");
    await load.open("stalled", {
      ...readers,
      count: 1,
      manner: "stalls",
      // Far more than all buffers together hold.
      request: {
        agent: "ticker",
        data: { pieces: 200_000, perSecond: 2_000, bytes: 1000 },
        onDisconnect,
      },
    });
    await delay(1000);
    await load.report("readers");
    await delay(seconds * 1000);
    const after = await load.report("readers");
    const ratio = after.pieces / after.seconds / (before.pieces / before.seconds);
    yield {
      fault: `tokens: one ${onDisconnect} reader stalls`,
      transport: name,
      outcome: ratio >= 0.9 && after.faults === 0 ? "passed" : "failed",
      figures: `the others' rate × ${ratio.toFixed(3)}, p99 ${formatMs(before.p99Ms)} → ${formatMs(after.p99Ms)}`,
    };
  }
}

/** Raises the rate until less arrives than is made, and says where. */
async function bend({
  name,
  transport,
  context,
}: {
  name: string;
  transport: GroupOptions["transport"];
  context: DrillContext;
}): Promise<DrillResult> {
  const streams = 200;
  const seconds = context.all ? 5 : 2;
  let best = 0;
  let faults = 0;
  for (let rate = 50; rate <= 1600; rate *= 2) {
    await using stage = await setUp();
    const { load, gateway } = stage;
    await load.open("readers", {
      gatewayUrl: gateway.url,
      transport,
      count: streams,
      request: {
        agent: "ticker",
        data: { pieces: 10_000_000, perSecond: rate },
        onDisconnect: "CANCEL",
      },
    });
    await load.report("readers");
    const cpuBefore = await readCpuMs(gateway.program.pid);
    await delay(seconds * 1000);
    const report = await load.report("readers");
    const cpu = ((await readCpuMs(gateway.program.pid)) - cpuBefore) / report.seconds / 10;
    const arrived = report.pieces / report.seconds;
    faults += report.faults;
    context.progress(
      `${name}: ${rate * streams}/s offered, ${Math.round(arrived)}/s arrived, ` +
        `p99 ${formatMs(report.p99Ms)}, gateway's CPU ${Math.round(cpu)} %`,
    );
    best = Math.max(best, arrived);
    if (arrived < rate * streams * 0.95) break;
  }
  return {
    fault: "tokens: where it bends",
    transport: name,
    outcome: best >= 10_000 * 0.95 && faults === 0 ? "passed" : "failed",
    figures: `${Math.round(best)} tokens/s at most on ${streams} streams; ${faults} faults in their order`,
  };
}

async function setUp() {
  const stack = new AsyncDisposableStack();
  const gateway = stack.use(await startGateway({ memoryBytes: 128 << 20 }));
  stack.use(await startAgents(gateway.url));
  const load = stack.use(await startLoad());
  return { gateway, load, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function whenEnded(
  load: Load,
  group: string,
  count: number,
  timeoutSeconds: number,
): Promise<GroupReport> {
  let whole: GroupReport | undefined;
  for (let waited = 0; waited < timeoutSeconds; waited++) {
    await delay(1000);
    const report = await load.report(group);
    whole = whole === undefined ? report : join(whole, report);
    const ended = Object.values(report.ended).reduce((sum, each) => sum + each, 0);
    if (ended >= count) break;
  }
  if (whole === undefined) throw new Error("no time to wait");
  return whole;
}

/** The report of two times, one after the other; the worse latencies of both. */
function join(first: GroupReport, second: GroupReport): GroupReport {
  const isBusy = second.pieces > 0;
  return {
    ...second,
    pieces: first.pieces + second.pieces,
    seconds: isBusy ? first.seconds + second.seconds : first.seconds,
    p50Ms: isBusy ? Math.max(first.p50Ms, second.p50Ms) : first.p50Ms,
    p99Ms: isBusy ? Math.max(first.p99Ms, second.p99Ms) : first.p99Ms,
    maxMs: isBusy ? Math.max(first.maxMs, second.maxMs) : first.maxMs,
  };
}

function isWhole({ ended, faults }: GroupReport, count: number): boolean {
  return faults === 0 && ended["TERMINAL"] === count && Object.keys(ended).length === 1;
}

function describe({ p50Ms, p99Ms, ended, faults }: GroupReport): string {
  const ends = Object.entries(ended).map(([why, count]) => `${count} × ${why}`);
  return `p50 ${formatMs(p50Ms)}, p99 ${formatMs(p99Ms)}, ${ends.join(", ") || "none ended"}, ${faults} faults`;
}
