import { setTimeout as delay } from "node:timers/promises";
import { assertLeast } from "../assert-least.js";
import type { Fault } from "../fault.js";

/** Where a direction stalls, and for how long. */
export interface StallOptions {
  /** Bytes that pass before; 0 when absent. */
  readonly after?: number;
  /** For so long; for good when absent. */
  readonly ms?: number;
}

/** Passes nothing on after so many bytes, with the connection open and no byte lost. */
export function stall({ after = 0, ms }: StallOptions = {}): Fault {
  assertLeast(0, { after, ms: ms ?? 0 });
  return async function* (chunks, { signal }) {
    let left = after;
    let hasStalled = false;
    for await (const chunk of chunks) {
      if (hasStalled || chunk.length <= left) {
        left -= chunk.length;
        yield chunk;
        continue;
      }
      if (left > 0) yield chunk.subarray(0, left);
      await wait(ms, signal);
      hasStalled = true;
      yield chunk.subarray(Math.max(left, 0));
    }
  };
}

function wait(ms: number | undefined, signal: AbortSignal): Promise<unknown> {
  if (ms !== undefined) return delay(ms, undefined, { signal });
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
