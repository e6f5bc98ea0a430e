import { type CutKind, createFaultProxy, cut } from "@smartcall/testing";
import type { Drill, DrillContext, DrillResult } from "../drill.ts";
import { inParallel } from "../in-parallel.ts";
import { startAgents } from "../processes/agents.ts";
import { type GatewayProcess, startGateway } from "../processes/gateway.ts";
import { type Reading, readCounted } from "../sdk/read-counted.ts";
import { type SdkTransport, sdkTransports } from "../sdk/sdk-transports.ts";

const pieces = 200;
const sampleSize = 60;
const atOnce = 8;

/** A stream that is cut at any of its bytes comes whole. */
export const offsets: Drill = {
  name: "offsets",
  title: "a stream of 200 events, cut at every byte: each event once, in order",
  async *run(context) {
    await using gateway = await startGateway();
    await using agents = await startAgents(gateway.url);
    for (const transport of sdkTransports) yield await cutEverywhere(gateway, transport, context);
    void agents;
  },
};

async function cutEverywhere(
  gateway: GatewayProcess,
  transport: SdkTransport,
  { all, random, progress }: DrillContext,
): Promise<DrillResult> {
  const whole = await readThrough(gateway, transport, undefined);
  const places = all
    ? Array.from({ length: whole.bytes + 1 }, (_, offset) => offset)
    : Array.from({ length: sampleSize }, () => Math.floor(random() * (whole.bytes + 1)));
  const cuts = places.map((after) => ({
    after,
    kind: random() < 0.5 ? ("close" as const) : ("reset" as const),
  }));
  let done = 0;
  const readings = await inParallel(cuts, atOnce, async (place) => {
    const reading = await readThrough(gateway, transport, place);
    if (++done % 5000 === 0) progress(`${transport.name}: ${done} of ${cuts.length} offsets`);
    return { ...place, ...reading };
  });
  const bad = readings.filter(
    ({ problem, numbers }) => problem !== undefined || numbers !== whole.numbers,
  );
  const first = bad[0];
  const resumed = readings.filter(({ reconnects }) => reconnects > 0).length;
  // All but those that were cut after their end.
  const isCut = resumed >= readings.length * 0.9;
  return {
    fault: "cut at every byte",
    transport: transport.name,
    outcome: bad.length === 0 && isCut && whole.problem === undefined ? "passed" : "failed",
    figures:
      `${readings.length} of ${whole.bytes + 1} offsets, ${resumed} resumed, ` +
      `${whole.numbers} events each` +
      (first
        ? `; ${bad.length} bad, first ${first.kind} at ${first.after}: ${first.problem}`
        : "") +
      (isCut ? "" : "; most were not cut") +
      (whole.problem ? `; uncut: ${whole.problem}` : ""),
  };
}

/** Reads a stream through a proxy whose first connection is cut. */
async function readThrough(
  { url, port }: GatewayProcess,
  { create }: SdkTransport,
  place: { readonly after: number; readonly kind: CutKind } | undefined,
): Promise<Reading & { readonly bytes: number }> {
  // A proxy of its own, so that no connection of another reading is used again.
  await using proxy = await createFaultProxy({
    target: { port, host: new URL(url).hostname },
    faults: ({ index }) => (index === 0 && place ? { downstream: [cut(place)] } : {}),
  });
  const smartcall = create({ url: proxy.url, reconnect: { baseDelayMs: 4 } });
  const stream = smartcall.stream("counter", { data: { pieces } }, { timeoutMs: 120_000 });
  const reading = await readCounted(stream, { pieces });
  return { ...reading, bytes: proxy.bytes.downstream };
}
