import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const entropy = new Uint8Array(16 * 256);
let at = entropy.length;

/** A new id that sorts by time: UUID version 7 (RFC 9562), its randomness drawn in bulk. */
export function createId(): string {
  if (at === entropy.length) {
    randomFillSync(entropy);
    at = 0;
  }
  const random = entropy.subarray(at, at + 16);
  at += 16;
  return v7({ random });
}
