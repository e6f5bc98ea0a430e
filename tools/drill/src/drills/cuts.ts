import { createFaultProxy, cut } from "@smartcall/testing";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { formatProblems } from "../format-problems.ts";
import { inParallel } from "../in-parallel.ts";
import { startAgents } from "../processes/agents.ts";
import { type GatewayProcess, startGateway } from "../processes/gateway.ts";
import { readCounted } from "../sdk/read-counted.ts";
import { type SdkTransport, sdkTransports } from "../sdk/sdk-transports.ts";
import { formatBytes, formatMs, quantile } from "../statistics.ts";
import { outgrow } from "./outgrow.ts";

/** Events that a connection lives for at most, about. */
const longestLifeEvents = 80;
const resumedEvents = 300;

/** What a piece takes up in its task's log and answer, about, and a task besides. */
const pieceBytes = 50;
const taskBytes = 4096;

/** Streams that are cut again and again, at random, come whole. */
export const cuts: Drill = {
  name: "cuts",
  title: "10,000 random cuts on 200 streams: no hole, no repetition, and soon there again",
  async *run(context) {
    // Room for all of them as long as they run: what comes of too little is drilled by itself.
    const { streams, pieces } = sizeOf(context);
    const count = streams * sdkTransports.length;
    const memoryBytes = count * (pieces * pieceBytes + taskBytes);
    context.progress(
      `${count} streams × (${pieces} pieces × ${pieceBytes} B + 4 KiB): ${formatBytes(memoryBytes)} for tasks`,
    );
    await using gateway = await startGateway({ memoryBytes });
    await using agents = await startAgents(gateway.url);
    // Together, as most of it is waiting; what is timed has the machine to itself.
    yield* await Promise.all(
      sdkTransports.map((transport) => cutOften(gateway, transport, context)),
    );
    yield* outgrow(context);
    for (const transport of sdkTransports) yield await resume(gateway, transport, context);
    void agents;
  },
};

function sizeOf({ all }: DrillContext) {
  const cutsEach = all ? 50 : 10;
  return {
    streams: all ? 200 : 20,
    cutsEach,
    // Enough of them that the last cut still finds something to cut.
    pieces: (cutsEach * longestLifeEvents * 5) / 8,
    // So that two cores keep up with all streams, even where others use them too.
    perSecond: all ? 12.5 : 50,
  };
}

async function cutOften(
  { url, port }: GatewayProcess,
  { name, eventBytes, create }: SdkTransport,
  context: DrillContext,
): Promise<DrillResult> {
  const { seed, progress } = context;
  const { streams, cutsEach, pieces, perSecond } = sizeOf(context);
  const start = performance.now();
  let done = 0;
  const readings = await inParallel(Array.from({ length: streams }), streams, async (_, index) => {
    await using proxy = await createFaultProxy({
      target: { port, host: new URL(url).hostname },
      seed: seed + index,
      faults: ({ index: connection, random }) =>
        connection < cutsEach
          ? {
              downstream: [
                cut({
                  after: Math.floor(random() * longestLifeEvents * eventBytes),
                  kind: random() < 0.5 ? "close" : "reset",
                }),
              ],
            }
          : {},
    });
    const smartcall = create({
      url: proxy.url, // Longer waits would pile up more than a connection lives for.
      reconnect: { maxDelayMs: 500, maxAttempts: 50, maxFirstAttempts: 50 },
    });
    const stream = smartcall.stream("counter", { data: { pieces, perSecond } });
    const reading = await readCounted(stream, { pieces });
    if (++done % 50 === 0) progress(`${name}: ${done} of ${streams} streams are whole`);
    return { ...reading, accepted: proxy.accepted };
  });
  const bad = readings.filter(({ problem }) => problem !== undefined);
  const cutCount = readings.reduce((sum, each) => sum + Math.min(cutsEach, each.accepted - 1), 0);
  const events = readings.reduce((sum, each) => sum + each.numbers, 0);
  return {
    fault: "random cuts",
    transport: name,
    outcome: bad.length === 0 && cutCount >= streams * cutsEach * 0.9 ? "passed" : "failed",
    figures:
      `${cutCount} cuts on ${streams} streams, ${events} events, ${bad.length} streams not whole, ${formatMs(performance.now() - start)}` +
      formatProblems(bad.map(({ problem }) => problem)),
  };
}

/** How long a reader that comes back takes to read what it has missed. */
async function resume(
  { url }: GatewayProcess,
  { name, create }: SdkTransport,
  { all }: DrillContext,
): Promise<DrillResult> {
  const pieces = resumedEvents * 2;
  const smartcall = create({ url });
  let after: string | undefined;
  let taskId = "";
  await readCounted(smartcall.stream("counter", { data: { pieces } }), {
    pieces,
    onEvent: (event) => {
      if (event.type === "connection") return;
      taskId = event.taskId;
      if (event.cursor.endsWith(`.${resumedEvents}`)) after = event.cursor;
    },
  });
  if (after === undefined) throw new Error(`no event ${resumedEvents}`);
  const cursor = after;
  const resumeOnce = async () => {
    const start = performance.now();
    let read = 0;
    // Another client, so that the connection is a new one as after a cut.
    for await (const event of create({ url }).watch(taskId, { after: cursor })) {
      if (event.type === "connection") continue;
      read += event.merged ?? 1;
      if (read >= resumedEvents) break;
    }
    return performance.now() - start;
  };
  for (let warm = 0; warm < 20; warm++) await resumeOnce();
  const tookMs = await inParallel(Array.from({ length: all ? 500 : 100 }), 2, resumeOnce);
  const p99Ms = quantile(tookMs, 0.99);
  return {
    fault: "resume of 300 events",
    transport: name,
    outcome: p99Ms <= 150 ? "passed" : "failed",
    figures: `p50 ${formatMs(quantile(tookMs, 0.5))}, p99 ${formatMs(p99Ms)} of ${tookMs.length}, connecting included`,
  };
}
