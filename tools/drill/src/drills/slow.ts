import { setTimeout as delay } from "node:timers/promises";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { startAgents } from "../processes/agents.ts";
import { startGateway } from "../processes/gateway.ts";
import { startLoad } from "../processes/load.ts";
import {
  readCpuMs,
  readQueues,
  readRss,
  readSocketMemory,
  readUnsentLimit,
} from "../processes/system-figures.ts";
import { getJson } from "../raw/get-json.ts";
import type { GroupOptions } from "../raw/reader-group.ts";
import { formatBytes, formatMs } from "../statistics.ts";

const offeredBytesPerSecond = 10_000_000;
const pieceBytes = 1000;
const maxUnacknowledgedBytes = 256 * 1024;
const leastUnacknowledgedBytes = 16 * 1024;
const maxGrowthBytes = 150 * 1024 * 1024;

type Manner = Pick<GroupOptions, "transport"> & {
  readonly name: string;
  readonly manner: "stalls" | "owes";
  /** What is offered: events alone, or answers, which all tasks together have no memory for. */
  readonly as: "progress" | "answer";
};

const webSocket = { name: "WebSocket", transport: "websocket", manner: "stalls" } as const;
const manners: readonly Manner[] = [
  { name: "SSE", transport: "sse", manner: "stalls", as: "progress" },
  { ...webSocket, as: "progress" },
  { name: "WebSocket, no credit", transport: "websocket", manner: "owes", as: "progress" },
  { ...webSocket, as: "answer" },
];

/** Readers that take nothing cost a bounded amount, and no other reader anything. */
export const slow: Drill = {
  name: "slow",
  title: "readers that take nothing while 10 MB/s are offered: bounded memory, others unharmed",
  async *run(context) {
    for (const manner of manners) {
      for (const onDisconnect of ["CONTINUE", "CANCEL"] as const) {
        yield* offer({ ...manner, onDisconnect, context });
      }
    }
  },
};

async function* offer({
  name,
  transport,
  manner,
  as,
  onDisconnect,
  context,
}: Manner & {
  readonly onDisconnect: "CONTINUE" | "CANCEL";
  readonly context: DrillContext;
}): AsyncIterable<DrillResult> {
  const readers = context.all ? 500 : 100;
  const perSecond = offeredBytesPerSecond / pieceBytes / readers;
  // So long that each is offered more than twice what it may owe.
  const seconds = Math.ceil((maxUnacknowledgedBytes * 2.3) / (perSecond * pieceBytes));
  await using gateway = await startGateway();
  await using agents = await startAgents(gateway.url);
  await using load = await startLoad();
  await using others = await startLoad("others");
  const { pid } = gateway.program;
  const rssIdle = await readRss(pid);

  await others.open("others", {
    gatewayUrl: gateway.url,
    transport,
    count: 20,
    request: {
      agent: "ticker",
      data: { pieces: 1_000_000, perSecond: 20 },
      onDisconnect: "CANCEL",
    },
  });
  // The same work by readers that read: what the others' lateness is to be compared with.
  const busy = {
    gatewayUrl: gateway.url,
    transport,
    count: readers,
    request: {
      agent: "ticker",
      data: { pieces: 1_000_000, perSecond, bytes: pieceBytes, as },
      onDisconnect,
    },
  } as const;
  await load.open("reading", { ...busy, request: { ...busy.request, onDisconnect: "CANCEL" } });
  await others.report("others");
  const cpuReading = await readCpuMs(pid);
  await delay(seconds * 500);
  const readingCpuMs = ((await readCpuMs(pid)) - cpuReading) / (seconds / 2);
  const quiet = await others.report("others");
  const { ended: readingEnded } = await load.report("reading");
  await load.close("reading");
  await delay(500);

  // What those that read have left behind is collected: garbage is nothing to grow from.
  await gateway.program.figures();
  await delay(1000);
  const rssBefore = await readRss(pid);
  const socketsBefore = await readSocketMemory();
  await load.open("slow", { ...busy, manner });
  const { ports } = await load.report("slow");
  let rss = 0;
  let sockets = 0;
  let queued = 0;
  await others.report("others");
  const cpuSlow = await readCpuMs(pid);
  for (let second = 0; second < seconds; second++) {
    await delay(1000);
    rss = Math.max(rss, await readRss(pid));
    sockets = Math.max(sockets, await readSocketMemory());
    const { sending, unread } = await readQueues(gateway.port);
    for (const port of ports) {
      queued = Math.max(queued, (sending.get(port) ?? 0) + (unread.get(port) ?? 0));
    }
  }
  const slowCpuMs = ((await readCpuMs(pid)) - cpuSlow) / seconds;
  const pressed = await others.report("others");
  const { mostReceivedBytes, ended } = await load.report("slow");
  const states = await countStates(gateway.url);
  const { heapBytes } = await gateway.program.figures();
  void agents;

  const othersEnded = JSON.stringify(pressed.ended);
  const areOthersWhole = pressed.faults === 0 && othersEnded === "{}";
  if (as === "answer") {
    yield {
      fault: `slow: answers past memory, ${onDisconnect}`,
      transport: name,
      outcome: areOthersWhole ? "passed" : "failed",
      figures: `others ended: ${othersEnded}, tasks: ${JSON.stringify(states)}`,
    };
    return;
  }
  const unacknowledged = manner === "owes" ? mostReceivedBytes : queued;
  // Who owes less than that was not offered what was to be offered, or was not seen.
  const isOffered = unacknowledged >= leastUnacknowledgedBytes && ports.length === readers;
  // Server-sent events have no acknowledgement of their own: what the kernel takes is its setting.
  const unsentLimit = transport === "sse" ? await readUnsentLimit() : 0;
  const isKernels = unsentLimit > maxUnacknowledgedBytes / 2;
  const advice = isKernels
    ? `; the kernel takes what it likes of a connection, unless net.ipv4.tcp_notsent_lowat is ${maxUnacknowledgedBytes / 4}`
    : "";
  /** What only the kernel's own share keeps from holding is not the gateway's fault. */
  const outcomeOf = (isGood: boolean, isGoodWithoutKernel = true) => {
    if (isGood) return "passed";
    return isKernels && isGoodWithoutKernel ? "skipped" : "failed";
  };
  const where = manner === "owes" ? "sent without credit" : "in the kernel's queues";
  yield {
    fault: `slow: ≤ 256 KiB each, ${onDisconnect}`,
    transport: name,
    outcome: outcomeOf(isOffered && unacknowledged <= maxUnacknowledgedBytes),
    figures:
      `${ports.length} of ${readers} readers, ${formatBytes(unacknowledged)} ${where} at most; ` +
      `ended: ${JSON.stringify(ended)}, tasks: ${JSON.stringify(states)}${advice}`,
  };
  const ownGrowth = rss - rssBefore;
  const kernelGrowth = Math.max(0, sockets - socketsBefore);
  yield {
    fault: `slow: ≤ 150 MB in all, ${onDisconnect}`,
    transport: name,
    outcome: outcomeOf(ownGrowth + kernelGrowth <= maxGrowthBytes, ownGrowth <= maxGrowthBytes),
    figures:
      `gateway ${formatBytes(ownGrowth)} (${formatBytes(rssIdle)} idle, ${formatBytes(rssBefore)} after readers that read, ` +
      `then ${formatBytes(rss)} at most, of which ${formatBytes(heapBytes)} live in its heap), ` +
      `sockets of the machine ${formatBytes(kernelGrowth)}${ownGrowth + kernelGrowth > maxGrowthBytes ? advice : ""}`,
  };
  const ratio = pressed.p99Ms / quiet.p99Ms;
  yield {
    fault: `slow: others' p99 ≤ 1.2 ×, ${onDisconnect}`,
    transport: name,
    // Lateness below a timer's own is noise.
    outcome: (ratio <= 1.2 || pressed.p99Ms <= 20) && areOthersWhole ? "passed" : "failed",
    figures:
      `${formatMs(quiet.p99Ms)} beside ${readers} that read, ${formatMs(pressed.p99Ms)} beside ${readers} that don't: × ${ratio.toFixed(2)}; others ended: ${othersEnded}, of those that read: ${JSON.stringify(readingEnded)}; ` +
      `the gateway computed ${formatMs(readingCpuMs)} a second, then ${formatMs(slowCpuMs)}`,
  };
}

/** How many of the newest tasks are in which state, with the reason of those that failed. */
async function countStates(gatewayUrl: string): Promise<Record<string, number>> {
  const page = await getJson<{ tasks: { state: string; error?: { reason: string } }[] }>(
    `${gatewayUrl}/v1/tasks?pageSize=1000`,
  );
  const counts: Record<string, number> = {};
  for (const { state, error } of page.tasks) {
    const name = error ? `${state} ${error.reason}` : state;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
