import { assertLeast } from "../assert-least.js";
import { Cut, type CutKind, type Fault } from "../fault.js";

/** Where a connection is cut, and how. */
export interface CutOptions {
  /** Bytes that still pass in this direction; 0 cuts at once, before anything has passed. */
  readonly after: number;
  /** `close` when absent. */
  readonly kind?: CutKind;
}

/**
 * Cuts the whole connection once so many bytes have passed in this direction.
 *
 * A `reset` may overtake bytes that the receiver has not read yet, as on any network.
 */
export function cut({ after, kind = "close" }: CutOptions): Fault {
  assertLeast(0, { after });
  return async function* (chunks) {
    let left = after;
    if (left <= 0) throw new Cut(kind);
    for await (const chunk of chunks) {
      yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left <= 0) throw new Cut(kind);
    }
  };
}
