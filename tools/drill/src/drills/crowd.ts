import { setTimeout as delay } from "node:timers/promises";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { startAgents } from "../processes/agents.ts";
import { startGateway } from "../processes/gateway.ts";
import { type Load, startLoad } from "../processes/load.ts";
import { Program } from "../processes/program.ts";
import { readDescriptorLimit, readRss } from "../processes/system-figures.ts";
import type { GroupReport } from "../raw/reader-group.ts";
import { startTicker } from "../raw/start-ticker.ts";
import { formatBytes, formatMs } from "../statistics.ts";

const maxRssBytes = 320 * 1024 * 1024;
/** What they watch: the crowd's events come at a hundred moments of each second. */
const tasks = 100;

const mixes = [
  { name: "WebSocket", share: 1 },
  { name: "half SSE", share: 0.5 },
] as const;

/** A crowd on one gateway, each with an event a second and a call, beside a bare server of WebSockets. */
export const crowd: Drill = {
  name: "crowd",
  title: "10,000 connections, each with an event a second and a call, beside a bare ws server",
  async *run(context) {
    const count = context.all ? 10_000 : 1_000;
    const limit = await readDescriptorLimit();
    if (limit < count + 500) {
      const figures = `${limit} descriptors a process are too few for ${count}: ulimit -n ${count + 500}`;
      yield { fault: "crowd", transport: "all", outcome: "skipped", figures };
      return;
    }
    const bare = await holdBare(count, context);
    for (const mix of mixes) yield* hold({ ...mix, count, bare, context });
  },
};

interface Held {
  /** Bytes of the server's memory, before the crowd came and when it was greatest. */
  readonly rssBefore: number;
  readonly rss: number;
  /** Of the time after the calls. */
  readonly reports: readonly GroupReport[];
  /** Of the time in which they called. */
  readonly busyReports: readonly GroupReport[];
  readonly calls: readonly { answered: number; p99Ms: number }[];
}

async function* hold({
  name,
  share,
  count,
  bare,
  context,
}: {
  readonly name: string;
  readonly share: number;
  readonly count: number;
  readonly bare: Held;
  readonly context: DrillContext;
}): AsyncIterable<DrillResult> {
  await using gateway = await startGateway();
  await using agents = await startAgents(gateway.url);
  await using load = await startLoad();
  const request: { watch: string }[] = [];
  while (request.length < tasks) {
    request.push({ watch: await startTicker(gateway.url) });
    await delay(1000 / tasks);
  }
  const held = await holdCrowd(load, gateway.program.pid, context, [
    { transport: "websocket", count: Math.round(count * share), request, gatewayUrl: gateway.url },
    { transport: "sse", count: Math.round(count * (1 - share)), request, gatewayUrl: gateway.url },
  ]);
  const { loopP99Ms } = await gateway.program.figures();
  void agents;

  const perConnection = ({ rss, rssBefore }: Held) => formatBytes((rss - rssBefore) / count);
  yield {
    fault: `crowd: ${count} in ≤ 320 MB`,
    transport: name,
    outcome: held.rss <= maxRssBytes ? "passed" : "failed",
    figures:
      `RSS ${formatBytes(held.rss)} at most, ${perConnection(held)} a connection; ` +
      `bare ws ${formatBytes(bare.rss)}, ${perConnection(bare)}`,
  };
  const answered = held.calls.reduce((sum, each) => sum + each.answered, 0);
  const faults = held.reports.reduce((sum, each) => sum + each.faults, 0);
  const p99 = (reports: readonly { p99Ms: number }[]) =>
    reports.map(({ p99Ms }) => formatMs(p99Ms)).join(" and ");
  const ends = held.reports.flatMap(({ ended }) => Object.entries(ended));
  const pieces = held.reports.reduce((sum, each) => sum + each.pieces, 0);
  const seconds = held.reports[0]?.seconds ?? Number.NaN;
  const rate = pieces / seconds / count;
  yield {
    fault: `crowd: ${count} with an event a second and a call`,
    transport: name,
    outcome:
      answered === count && faults === 0 && ends.length === 0 && rate > 0.95 ? "passed" : "failed",
    figures:
      `${rate.toFixed(3)} events/s each, p99 ${p99(held.reports)} (bare ws ${p99(bare.reports)}), ` +
      `${p99(held.busyReports)} while all call (${p99(bare.busyReports)}); ` +
      `${answered} calls answered, p99 ${p99(held.calls)} (bare ws ${p99(bare.calls)}); ` +
      `${faults} faults; loop p99 ${formatMs(loopP99Ms)}; ended: ${JSON.stringify(Object.fromEntries(ends))}`,
  };
}

async function holdBare(count: number, context: DrillContext): Promise<Held> {
  await using server = await Program.start("bare server", {
    script: new URL("../programs/bare-server.ts", import.meta.url),
  });
  const gatewayUrl = await server.ask<string>("url");
  await using load = await startLoad();
  const request = { agent: "ticker", data: {} };
  return await holdCrowd(load, server.pid, context, [
    { transport: "websocket", count, request, gatewayUrl },
  ]);
}

async function holdCrowd(
  load: Load,
  pid: number,
  { all, progress }: DrillContext,
  crowds: readonly Parameters<Load["open"]>[1][],
): Promise<Held> {
  const groups = crowds.filter(({ count }) => count > 0);
  const rssBefore = await readRss(pid);
  let rss = rssBefore;
  const start = performance.now();
  for (const group of groups) await load.open(group.transport, group);
  progress(`all are there after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  // The rush of the opening is over when the first regular second has passed.
  await delay(2000);
  const report = () => Promise.all(groups.map(({ transport }) => load.report(transport)));
  await report();
  const calls: { answered: number; p99Ms: number }[] = [];
  for (const { transport } of groups) {
    calls.push(await load.call(transport));
    rss = Math.max(rss, await readRss(pid));
  }
  // Latencies of when all call at once would hide those of the rest of the minute.
  const busyReports = await report();
  for (let second = 0; second < (all ? 60 : 10); second++) {
    await delay(1000);
    rss = Math.max(rss, await readRss(pid));
  }
  const reports = await report();
  for (const { transport } of groups) await load.close(transport);
  return { rssBefore, rss, reports, busyReports, calls };
}
