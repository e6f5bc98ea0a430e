import { setTimeout as delay } from "node:timers/promises";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { startAgents } from "../processes/agents.ts";
import { startGateway } from "../processes/gateway.ts";
import { startLoad } from "../processes/load.ts";
import { readCpu, readDescriptorLimit } from "../processes/system-figures.ts";
import type { GroupOptions } from "../raw/reader-group.ts";
import { startTicker } from "../raw/start-ticker.ts";
import { formatMs } from "../statistics.ts";

const transports = [
  { name: "SSE", transport: "sse" },
  { name: "WebSocket", transport: "websocket" },
] as const;

/** One task, many who watch it: an event a second reaches them all in time. */
export const fanOut: Drill = {
  name: "fan-out",
  title: "an event a second to 10,000 watchers of one task",
  async *run(context) {
    const count = context.all ? 10_000 : 1_000;
    const limit = await readDescriptorLimit();
    if (limit < count + 500) {
      const figures = `${limit} descriptors a process are too few for ${count}: ulimit -n ${count + 500}`;
      yield { fault: "fan-out", transport: "all", outcome: "skipped", figures };
      return;
    }
    for (const { name, transport } of transports)
      yield await watch({ name, transport, count, context });
  },
};

async function watch({
  name,
  transport,
  count,
  context,
}: {
  readonly name: string;
  readonly transport: GroupOptions["transport"];
  readonly count: number;
  readonly context: DrillContext;
}): Promise<DrillResult> {
  const seconds = context.all ? 30 : 10;
  await using gateway = await startGateway();
  await using agents = await startAgents(gateway.url);
  await using load = await startLoad();
  const task = await startTicker(gateway.url);
  await load.open("watchers", {
    gatewayUrl: gateway.url,
    transport,
    count,
    request: { watch: task },
  });
  await gateway.program.figures();
  // The figures collect all garbage and walk the heap, which is over before anything is measured.
  await delay(2000);
  await load.report("watchers");
  const before = await readCpu(gateway.program.pid);
  await delay(seconds * 1000);
  const report = await load.report("watchers");
  const after = await readCpu(gateway.program.pid);
  const kernelMs = after.kernelMs - before.kernelMs;
  const cpuMs = after.ownMs - before.ownMs + kernelMs;
  const { loopP99Ms } = await gateway.program.figures();
  void agents;
  const perCore = report.pieces / (cpuMs / 1000);
  const kernelShare = Math.round((kernelMs / cpuMs) * 100);
  const isGood =
    report.p99Ms <= 200 &&
    loopP99Ms <= 50 &&
    report.faults === 0 &&
    Object.keys(report.ended).length === 0 &&
    report.pieces >= count * (seconds - 2);
  return {
    fault: `fan-out to ${count}: p99 ≤ 200 ms, loop ≤ 50 ms`,
    transport: name,
    outcome: isGood ? "passed" : "failed",
    figures:
      `p50 ${formatMs(report.p50Ms)}, p99 ${formatMs(report.p99Ms)}, loop p99 ${formatMs(loopP99Ms)}, ` +
      `${Math.round(perCore)} events per second of CPU (${kernelShare} % of it the kernel's), ${report.faults} faults, ended: ${JSON.stringify(report.ended)}`,
  };
}
