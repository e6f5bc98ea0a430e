import { SmartcallError } from "@smartcall/protocol";
import { SmartcallStreaming, type StreamingOptions } from "@smartcall/streaming";
import { createFaultProxy, cut, duplicate, garble, slice, stall } from "@smartcall/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ways } from "./ways.js";
import { startGateway } from "./with-gateway.js";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const lines = 60;
const whole = Array.from({ length: lines }, (_, index) => `${index + 1}\n`).join("");

/** Reads a call, and checks that no number is missing and none comes twice. */
async function readCall(options: StreamingOptions, count = lines) {
  const reconnect = { baseDelayMs: 1, maxFirstAttempts: 10 };
  const smartcall = new SmartcallStreaming({ ...options, reconnect, idleTimeoutMs: 300 });
  let seq = 0;
  let text = "";
  let last = "";
  let reconnects = 0;
  try {
    for await (const event of smartcall.stream("counter", String(count))) {
      last = event.type;
      if (event.type === "connection") reconnects += event.state === "reconnecting" ? 1 : 0;
      if (event.type === "connection" || event.type === "end") continue;
      seq += event.merged ?? 1;
      expect(event.cursor.split(".")[1]).toBe(String(seq));
      if (event.type === "outputDelta") text += event.text;
    }
  } catch (error) {
    if (error instanceof SmartcallError) return { text, last, reconnects, error };
    throw error;
  }
  return { text, last, reconnects };
}

describe.each(ways)("over $name", ({ options }) => {
  test("a cut anywhere leaves no gap and repeats nothing", async () => {
    let length = 0;
    {
      await using proxy = await createFaultProxy({ target: gateway });
      await readCall(options(proxy.url));
      length = proxy.bytes.downstream;
    }
    expect(length).toBeGreaterThan(1_000);
    const offset = fc.nat({ max: length });
    await fc.assert(
      fc.asyncProperty(offset, fc.constantFrom("close", "reset"), async (after, kind) => {
        await using proxy = await createFaultProxy({
          target: gateway,
          faults: ({ index }) => (index === 0 ? { downstream: [cut({ after, kind })] } : {}),
        });
        const { text, last, error } = await readCall(options(proxy.url));
        expect(error).toBeUndefined();
        expect({ text, last }).toEqual({ text: whole, last: "end" });
      }),
      {
        numRuns: 12,
        examples: [
          [0, "reset"],
          [1, "close"],
          [length - 1, "close"],
        ],
      },
    );
  }, 120_000);

  test("a stream goes on although every connection dies young", async () => {
    await using proxy = await createFaultProxy({
      target: gateway,
      faults: () => ({ downstream: [cut({ after: 5_000 })] }),
    });
    const { text, last, error } = await readCall(options(proxy.url), 500);
    expect(error).toBeUndefined();
    expect([text.split("\n").length, last]).toEqual([501, "end"]);
    expect(proxy.accepted).toBeGreaterThan(3);
  });

  test("whatever else happens on the way, there is no gap that is not told", async () => {
    const at = fc.nat({ max: 6_000 });
    const fault = fc.oneof(
      at.map((after) => stall({ after })),
      at.map((place) => garble({ at: place })),
      at.map((place) => duplicate({ at: place })),
      at.map((after) => cut({ after })),
      fc.constant(slice({ bytes: 7 })),
    );
    const faults = fc.record({
      upstream: fc.array(fault, { maxLength: 1 }),
      downstream: fc.array(fault, { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(faults, { maxLength: 3 }), async (connections) => {
        await using proxy = await createFaultProxy({
          target: gateway,
          faults: ({ index }) => connections[index],
        });
        const { last, error } = await readCall(options(proxy.url));
        if (error === undefined) expect(last).toBe("end");
        else expect(last).not.toBe("end");
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});
