import { SmartcallError } from "@smartcall/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createFakeGateway, createLog, type Fault } from "../../test/fake-gateway.js";
import type { WireEvent } from "../events/wire-event.js";
import { SmartcallStreaming } from "../index.js";

const position = fc.nat({ max: 4_000 });
const index = fc.nat({ max: 29 });

/** Something that a network, a proxy or a gateway may do to one connection. */
const anyFault: fc.Arbitrary<Fault> = fc.record(
  {
    cutAt: position,
    isBroken: fc.boolean(),
    stallAt: position,
    chunkBytes: fc.integer({ min: 1, max: 500 }),
    isUnreachable: fc.constant(true),
    twist: fc.oneof(
      index.map((at) => (log: readonly WireEvent[]) => log.toSpliced(at, 1)),
      index.map(
        (at) => (log: readonly WireEvent[]) => log.toSpliced(at, 0, ...log.slice(at, at + 3)),
      ),
      index.map((at) => (log: readonly WireEvent[]) => {
        const moved = log.slice(at, at + 2).reverse();
        return log.toSpliced(at, moved.length, ...moved);
      }),
      fc.tuple(index, index).map(([at, count]) => (log: readonly WireEvent[]) => {
        return mergeDeltas(log, at, count + 1);
      }),
    ),
  },
  { requiredKeys: [] },
);

/** What a gateway does for a slow reader: deltas that stand together become one. */
function mergeDeltas(log: readonly WireEvent[], at: number, count: number): readonly WireEvent[] {
  const run: WireEvent[] = [];
  for (const event of log.slice(at, at + count)) {
    if (event["outputDelta"] === undefined) break;
    run.push(event);
  }
  const last = run.at(-1);
  if (last === undefined) return log;
  const text = run.map((event) => (event["outputDelta"] as { text: string }).text).join("");
  return log.toSpliced(at, run.length, { ...last, merged: run.length, outputDelta: { text } });
}

async function readAll(faults: readonly Fault[], log: readonly WireEvent[]) {
  const gateway = createFakeGateway(log, faults);
  const smartcall = new SmartcallStreaming({
    fetch: gateway.fetch,
    reconnect: { baseDelayMs: 0, maxAttempts: 100, maxFirstAttempts: 100 },
    idleTimeoutMs: 10,
  });
  let seq = 0;
  let text = "";
  let isEnded = false;
  try {
    for await (const event of smartcall.stream("eliza", "hello")) {
      expect(isEnded).toBe(false);
      if (event.type === "connection") continue;
      if (event.type === "end") {
        isEnded = true;
        continue;
      }
      seq += event.merged ?? 1;
      expect(event.cursor.split(".")[1]).toBe(String(seq));
      if (event.type === "outputDelta") text += event.text;
    }
  } catch (error) {
    expect(gateway.open.size).toBe(0);
    if (error instanceof SmartcallError) return { seq, text, isEnded, error };
    throw error;
  }
  expect(gateway.open.size).toBe(0);
  return { seq, text, isEnded };
}

test("whatever happens to its connections, a stream has each event once, in order, to the end", async () => {
  const log = createLog(30);
  const whole = log
    .map((event) => (event["outputDelta"] as { text?: string })?.text ?? "")
    .join("");
  await fc.assert(
    fc.asyncProperty(fc.array(anyFault, { maxLength: 9 }), async (faults) => {
      expect(await readAll(faults, log)).toEqual({ seq: 30, text: whole, isEnded: true });
    }),
    { numRuns: 150 },
  );
});

test("a bit that is flipped anywhere is never a gap: the numbers go on, or there is an error", async () => {
  const log = createLog(12);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ garbleAt: fc.nat({ max: 2_000 }), chunkBytes: fc.constant(64) }), {
        maxLength: 5,
      }),
      async (faults) => {
        const { seq, isEnded, error } = await readAll(faults, log);
        if (error === undefined) expect({ seq, isEnded }).toEqual({ seq: 12, isEnded: true });
        else expect(["STREAM_TRUNCATED", "CURSOR_EXPIRED"]).toContain(error.reason);
      },
    ),
    { numRuns: 150 },
  );
});
