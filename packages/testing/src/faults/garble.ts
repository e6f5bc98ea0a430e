import type { Fault } from "../fault.js";

/** Which bytes are changed. */
export interface GarbleOptions {
  /** The first byte that is changed, from 0. */
  readonly at: number;
  /** How many are; 1 when absent. */
  readonly bytes?: number;
}

/** Flips one bit, by chance which, in each of some bytes. */
export function garble({ at, bytes = 1 }: GarbleOptions): Fault {
  return async function* (chunks, { random }) {
    let position = 0;
    for await (const chunk of chunks) {
      const from = Math.max(at - position, 0);
      const to = Math.min(at + bytes - position, chunk.length);
      position += chunk.length;
      if (from >= to) {
        yield chunk;
        continue;
      }
      const garbled = Buffer.from(chunk);
      for (let index = from; index < to; index++) {
        garbled.writeUInt8(garbled.readUInt8(index) ^ (1 << Math.floor(random() * 8)), index);
      }
      yield garbled;
    }
  };
}
