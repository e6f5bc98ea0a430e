import type { Cancellation } from "@smartcall/link";

/** Timers count whole milliseconds of their own clock, and may come that much early. */
const timerSlackMs = 2;

/** Why a caller that is gone gave up: its time is over, or it went away. */
export function whyGone(deadline: number | undefined, nowMs: number): Cancellation {
  return deadline !== undefined && nowMs + timerSlackMs >= deadline
    ? { reason: "DEADLINE_EXCEEDED" }
    : { reason: "CANCELED", message: "the caller went away" };
}
