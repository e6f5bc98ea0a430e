import { isReasonRetryable, type Reason, reasonSentence } from "@smartcall/protocol";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { Outcome } from "../types.js";

/** The error of a link whose other side broke a rule. */
export function broken(message: string): SmartcallError {
  return new SmartcallError({ reason: "LINK_BROKEN", message });
}

/** How an exchange ends that never began on the other side. */
export function refusal(reason: Reason): Outcome {
  return { reason, message: reasonSentence(reason), refused: true };
}

/**
 * How an exchange ends whose link did.
 *
 * A reason that promises that nothing has run holds for the link, not for what ran on it.
 */
export function lostOutcome(reason: Reason, message: string): Outcome {
  return { reason: isReasonRetryable(reason) ? "INSTANCE_LOST" : reason, message, lost: true };
}
