import { setTimeout as delay } from "node:timers/promises";
import type { TaskStreamEvent } from "@smartcall/streaming";
import { createFaultProxy } from "@smartcall/testing";
import type { DrillContext, DrillResult } from "../drill.ts";
import { formatProblems } from "../format-problems.ts";
import { startAgents } from "../processes/agents.ts";
import { type GatewayProcess, startGateway } from "../processes/gateway.ts";
import { type Reading, readCounted } from "../sdk/read-counted.ts";
import { type SdkTransport, sdkTransports } from "../sdk/sdk-transports.ts";
import { formatBytes } from "../statistics.ts";

const pieces = 3_000;
const perSecond = 500;

/** A task of so many pieces takes 17 KB, and its log 135 KB. */
const roomEach = 64 * 1024;

/** What a client wants to hear when its place is gone, and what it must amount to. */
const wishes = [
  {
    onGap: "FAIL",
    want: "CURSOR_EXPIRED",
    problemOf: ({ failure, problem, disorder }: Reading) =>
      disorder ?? (failure === "CURSOR_EXPIRED" ? undefined : (problem ?? "nothing was missing")),
  },
  {
    onGap: "SNAPSHOT",
    want: "a gap, a snapshot and the rest",
    problemOf: ({ jumps, problem }: Reading) =>
      problem ?? (jumps > 0 ? undefined : "nothing was missing"),
  },
] as const;

/** Streams that are away until the gateway has dropped what comes next are told so. */
export async function* outgrow({ all, seed }: DrillContext): AsyncIterable<DrillResult> {
  const each = all ? 5 : 2;
  const memoryBytes = each * sdkTransports.length * wishes.length * roomEach;
  await using gateway = await startGateway({ memoryBytes });
  await using agents = await startAgents(gateway.url);
  const results = await Promise.all(
    sdkTransports.flatMap((transport) =>
      wishes.map(async ({ onGap, want, problemOf }): Promise<DrillResult> => {
        const readings = await Promise.all(
          Array.from({ length: each }, (_, index) =>
            readOutgrown(gateway, transport, { onGap, seed: seed + index }),
          ),
        );
        const problems = readings.map(problemOf).filter((problem) => problem !== undefined);
        return {
          fault: `too little memory, ${onGap}`,
          transport: transport.name,
          outcome: problems.length === 0 ? "passed" : "failed",
          figures:
            `${each - problems.length} of ${each} streams that were away too long heard ${want}, ` +
            `${formatBytes(memoryBytes)} for tasks${formatProblems(problems)}`,
        };
      }),
    ),
  );
  yield* results;
  void agents;
}

/** Reads a stream that is offline, once it has begun, until its place is no longer kept. */
async function readOutgrown(
  { url, port }: GatewayProcess,
  { create }: SdkTransport,
  { onGap, seed }: { readonly onGap: "FAIL" | "SNAPSHOT"; readonly seed: number },
): Promise<Reading> {
  await using proxy = await createFaultProxy({
    target: { port, host: new URL(url).hostname },
    seed,
  });
  const smartcall = create({
    url: proxy.url,
    reconnect: { maxDelayMs: 500, maxAttempts: 1_000 },
  });
  const stream = smartcall.stream("counter", { data: { pieces, perSecond } }, { onGap });
  let away: Promise<void> | undefined;
  const beAway = async (taskId: string, cursor: string) => {
    // Nobody else is to get the port meanwhile.
    proxy.setFaults({ accept: "reset" });
    proxy.cutAll("reset");
    const events = `${url}/v1/tasks/${taskId}/events?after=${cursor}`;
    for (let look = 0; look < 240 && !(await isGone(events)); look++) await delay(500);
    proxy.setFaults({});
  };
  const onEvent = (event: TaskStreamEvent) => {
    if (event.type !== "outputDelta" || away !== undefined) return;
    away = beAway(event.taskId, event.cursor);
    // It is told once the stream has ended.
    away.catch(() => undefined);
  };
  const reading = await readCounted(stream, { pieces, mayJump: onGap === "SNAPSHOT", onEvent });
  await away;
  return reading;
}

/** Whether events are asked for in vain. */
async function isGone(url: string): Promise<boolean> {
  const controller = new AbortController();
  const { status } = await fetch(url, { signal: controller.signal });
  controller.abort();
  return status >= 400;
}
