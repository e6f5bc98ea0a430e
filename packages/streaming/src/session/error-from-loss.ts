import type { Outcome, SmartcallErrorLike } from "@smartcall/link";
import { type FieldError, type Reason, SmartcallError } from "@smartcall/protocol/sdk";
import { cut } from "../resume/cut.js";

/**
 * What says of a connection, not of a call, that it must not be made again, and may come of bytes
 * that were garbled on the way or of a gateway that fell over: worth another try all the same.
 */
const mendable: readonly Reason[] = [
  "DATA_LOSS",
  "GATEWAY_UNREACHABLE",
  "INSTANCE_LOST",
  "INTERNAL",
  "INVALID_ARGUMENT",
  "LINK_BROKEN",
];

/** What a reader hears when the connection under its exchange ended. */
export function errorFromLoss(error: SmartcallErrorLike): SmartcallError {
  if (mendable.includes(error.reason))
    return cut(`the connection was lost: ${error.message}`, error);
  return SmartcallError.from(error);
}

/** What a reader hears when the gateway ended its exchange badly. */
export function errorFromOutcome(reason: Reason, outcome: Outcome): SmartcallError {
  if (reason === "DATA_LOSS") return cut("fewer events arrived than were sent");
  const { message, refused, details = {} } = outcome;
  const { requestId, retryAfterMs, errors } = details;
  return new SmartcallError({
    reason,
    message,
    retryable: refused,
    requestId: typeof requestId === "string" ? requestId : undefined,
    retryAfterMs: typeof retryAfterMs === "number" ? retryAfterMs : undefined,
    errors: Array.isArray(errors)
      ? errors.filter(
          (each: Partial<FieldError> | null): each is FieldError =>
            typeof each?.pointer === "string" && typeof each.detail === "string",
        )
      : undefined,
  });
}
