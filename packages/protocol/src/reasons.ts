import { reasonCloseCodes, reasonStatuses, retryableReasons } from "./gen/reasons.js";

/** Why something was refused or went wrong; the closed list of `proto/smartcall/v1/errors.proto`. */
export type Reason = keyof typeof reasonStatuses;

/** The WebSocket close code of a reason: 40xx never reconnect, 41xx after a while, 42xx at once. */
export function reasonCloseCode(reason: Reason): number {
  return Number(reasonCloseCodes[allReasons.indexOf(reason)]);
}

/** Whether a reason says that the call has not run, so that it may be repeated as it is. */
export function isReasonRetryable(reason: Reason): boolean {
  return retryableReasons.includes(reason);
}

/** Whether a text is one of the reasons that this version knows. */
export function isReason(text: string): text is Reason {
  return Object.hasOwn(reasonStatuses, text);
}

// Said to be pure, so that who does not use it does not load the table.
/** All reasons, in the order of the table. */
export const allReasons = /* @__PURE__ */ Object.keys(reasonStatuses) as readonly Reason[];
