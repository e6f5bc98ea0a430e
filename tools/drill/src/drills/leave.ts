import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "@smartcall/testing";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { monotonicMs } from "../monotonic-ms.ts";
import { type RunEvent, startAgents } from "../processes/agents.ts";
import { type GatewayProcess, startGateway } from "../processes/gateway.ts";
import { countDescriptors } from "../processes/system-figures.ts";
import { getJson } from "../raw/get-json.ts";
import { openGrpc } from "../raw/open-grpc.ts";
import { openSse } from "../raw/open-sse.ts";
import { openRealtime } from "../raw/realtime-session.ts";
import type { OpenStream } from "../raw/stream-reader.ts";
import { formatMs, quantile } from "../statistics.ts";
import { until } from "../until.ts";

const transports: readonly { name: string; open: OpenStream }[] = [
  { name: "SSE", open: openSse },
  { name: "WebSocket", open: openRealtime },
  { name: "gRPC", open: openGrpc },
];

/** How long clients stay, at most. */
const longestStayMs = 200;
const atOnce = 10;

/** Clients of CANCEL tasks that leave at a random moment: their agents hear of it, nothing stays. */
export const leave: Drill = {
  name: "leave",
  title: "clients leave at a random moment: the agent is told, and nothing stays behind",
  async *run(context) {
    const heard = new Map<string, RunEvent>();
    const started = new Map<string, RunEvent>();
    await using gateway = await startGateway();
    await using agents = await startAgents(gateway.url, (event) => {
      if (event.kind === "started") started.set(event.key, event);
      if (event.kind === "aborted") heard.set(event.key, event);
    });
    const clients = context.all ? 10_000 : 500;
    for (const transport of transports) {
      // Once before, so that what is made once does not count.
      await leaveAll({
        ...transport,
        gateway,
        count: atOnce,
        random: context.random,
        prefix: "warm",
      });
      await settled(gateway);
      const before = await holdings(gateway);
      const leftAt = await leaveAll({
        ...transport,
        gateway,
        count: clients,
        random: context.random,
        prefix: transport.name,
        progress: context.progress,
      });
      await settled(gateway);
      await until(
        () => [...leftAt.keys()].every((key) => !started.has(key) || heard.has(key)),
        5_000,
      );
      yield judge(transport.name, leftAt, { started, heard });
      await until(
        async () => (await countDescriptors(gateway.program.pid)) <= before.descriptors,
        5_000,
      );
      yield compare(transport.name, before, await holdings(gateway), clients);
    }
    void agents;
  },
};

function judge(
  transport: string,
  leftAt: ReadonlyMap<string, number>,
  { started, heard }: Record<"started" | "heard", ReadonlyMap<string, RunEvent>>,
): DrillResult {
  const tookMs: number[] = [];
  let unheard = 0;
  let tooEarly = 0;
  for (const [key, atMs] of leftAt) {
    const begun = started.get(key);
    if (begun === undefined) continue;
    const event = heard.get(key);
    if (event === undefined) unheard++;
    // The clients' leaving is not what ended these.
    else if (event.atMs < atMs) tooEarly++;
    // A run that began when its client had left already could not be told before.
    else tookMs.push(Math.max(0, event.atMs - Math.max(atMs, begun.atMs)));
  }
  const p99Ms = quantile(tookMs, 0.99);
  const neverRan = leftAt.size - tookMs.length - unheard - tooEarly;
  const isHeard = unheard === 0 && tooEarly === 0 && tookMs.length > leftAt.size / 2;
  return {
    fault: "leave: told in 100 ms",
    transport,
    outcome: isHeard && p99Ms <= 100 ? "passed" : "failed",
    figures:
      `${tookMs.length} agents told, p50 ${formatMs(quantile(tookMs, 0.5))}, ` +
      `p99 ${formatMs(p99Ms)}, max ${formatMs(quantile(tookMs, 1))}; ` +
      `${unheard} never told, ${tooEarly} before; ${neverRan} had not begun`,
  };
}

interface Holdings {
  readonly descriptors: number;
  readonly heapBytes: number;
  readonly resources: Readonly<Record<string, number>>;
  readonly runningCalls: number;
}

async function holdings({ program, url }: GatewayProcess): Promise<Holdings> {
  const { heapBytes, resources } = await program.figures();
  const descriptors = await countDescriptors(program.pid);
  return { descriptors, heapBytes, resources, runningCalls: await runningCalls(url) };
}

function compare(
  transport: string,
  before: Holdings,
  after: Holdings,
  clients: number,
): DrillResult {
  const more = Object.entries(after.resources).flatMap(([kind, count]) => {
    const difference = count - (before.resources[kind] ?? 0);
    return difference > 0 ? [`${difference} ${kind} more`] : [];
  });
  // What is kept of ended tasks is text outside of the heap's count of clients, within its budget.
  const heapPerClient = (after.heapBytes - before.heapBytes) / clients;
  const isClean =
    after.runningCalls === 0 && after.descriptors <= before.descriptors && more.length === 0;
  return {
    fault: "leave: nothing stays",
    transport,
    outcome: isClean ? "passed" : "failed",
    figures:
      `descriptors ${before.descriptors} → ${after.descriptors}, running ${after.runningCalls}, ` +
      `${more.join(", ") || "no handle or timer more"}, ` +
      `heap ${Math.round(heapPerClient)} B a client with its ended task`,
  };
}

async function runningCalls(url: string): Promise<number> {
  const agent = await getJson<{ runningCalls?: number }>(`${url}/v1/agents/ticker`);
  return agent.runningCalls ?? 0;
}

/** Answers when the gateway runs no call, or after 10 s. */
async function settled({ url }: GatewayProcess): Promise<void> {
  await until(async () => (await runningCalls(url)) === 0, 10_000);
}

interface LeaveOptions {
  readonly gateway: GatewayProcess;
  readonly open: OpenStream;
  readonly count: number;
  readonly random: Random;
  /** What the runs' keys begin with. */
  readonly prefix: string;
  readonly progress?: DrillContext["progress"];
}

/** Answers when each client left. */
async function leaveAll(options: LeaveOptions): Promise<Map<string, number>> {
  const { gateway, open, count, random, prefix, progress } = options;
  const leftAt = new Map<string, number>();
  let next = 0;
  const client = async () => {
    while (next < count) {
      const key = `${prefix}-${next++}`;
      const closed = Promise.withResolvers<void>();
      const data = { key, pieces: 1_000_000, perSecond: 50 };
      const reader = open(
        gateway.url,
        { agent: "ticker", data, onDisconnect: "CANCEL" },
        { onEvent: () => {}, onClose: () => closed.resolve() },
      );
      await delay(random() * longestStayMs);
      leftAt.set(key, monotonicMs());
      reader.leave();
      await closed.promise;
      if (next % 1000 === 0) progress?.(`${prefix}: ${next} of ${count} have left`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return leftAt;
}
