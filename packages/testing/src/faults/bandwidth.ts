import { setTimeout as delay } from "node:timers/promises";
import { assertLeast } from "../assert-least.js";
import type { Fault } from "../fault.js";

/** How fast a direction is. */
export interface BandwidthOptions {
  /** Bytes a second. */
  readonly bytesPerSecond: number;
}

/** Times a second that something passes. */
const ticksPerSecond = 50;

/** Lets so many bytes a second pass, in pieces of a fiftieth of a second; the rest has to wait. */
export function bandwidth({ bytesPerSecond }: BandwidthOptions): Fault {
  assertLeast(1, { bytesPerSecond });
  return async function* (chunks, { signal }) {
    const pieceBytes = Math.max(1, Math.floor(bytesPerSecond / ticksPerSecond));
    let freeAt = performance.now();
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += pieceBytes) {
        const piece = chunk.subarray(start, start + pieceBytes);
        freeAt = Math.max(freeAt, performance.now()) + (piece.length / bytesPerSecond) * 1000;
        yield piece;
        await delay(Math.max(0, freeAt - performance.now()), undefined, { signal });
      }
    }
  };
}
