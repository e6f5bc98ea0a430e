import { parseCursor, SmartcallError } from "@smartcall/protocol";
import type { EventLog } from "./event-log.js";

/**
 * The number after which a reader begins; undefined when a snapshot is to take the place of what is
 * no longer kept.
 *
 * @param after `epoch.seq`; the first event when empty.
 * @throws {SmartcallError} `CURSOR_EXPIRED` when the place is not kept and no snapshot is wanted,
 *   `INVALID_ARGUMENT` when it is no cursor.
 */
export function readFrom(log: EventLog, after: string, wantsSnapshot: boolean): number | undefined {
  // Who asks for the first event has nothing that could be wrong: a snapshot says it all.
  if (after === "") return log.first > 1 ? undefined : 0;
  const cursor = parseCursor(after);
  if (!cursor) {
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: "the cursor is none: expected epoch.seq",
      errors: [
        { pointer: "#/query/after", detail: "expected epoch.seq, as an event's cursor has it" },
      ],
    });
  }
  const { epoch, seq } = cursor;
  if (epoch === log.epoch && seq <= log.last && seq >= log.first - 1) return seq;
  if (wantsSnapshot) return undefined;
  throw new SmartcallError({ reason: "CURSOR_EXPIRED" });
}
