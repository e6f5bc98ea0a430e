import { setImmediate as nextTurn } from "node:timers/promises";
import { assertLeast } from "../assert-least.js";
import type { Fault } from "../fault.js";

/** How small the pieces are. */
export interface SliceOptions {
  /** Bytes of a piece; 1 when absent. */
  readonly bytes?: number;
  /** Whether a piece has from 1 to `bytes` bytes, by chance; false when absent. */
  readonly random?: boolean;
}

/** Sends everything in small pieces, each a write of its own in a turn of its own. */
export function slice({ bytes = 1, random: isRandom = false }: SliceOptions = {}): Fault {
  assertLeast(1, { bytes });
  return async function* (chunks, { random, signal }) {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; ) {
        const length = isRandom ? 1 + Math.floor(random() * bytes) : bytes;
        yield chunk.subarray(start, start + length);
        start += length;
        await nextTurn(undefined, { signal });
      }
    }
  };
}
