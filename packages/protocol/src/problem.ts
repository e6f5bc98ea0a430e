import type { SmartcallError } from "./errors/smartcall-error.js";
import type { Problem } from "./openapi.js";
import { reasonInfo } from "./reason-info.js";
import type { Reason } from "./reasons.js";

/** The URI by which a problem names its reason (RFC 9457, `type`). */
export function problemType(reason: Reason): string {
  return `urn:smartcall:reason:${reason}`;
}

/**
 * Writes an error as the body of an `application/problem+json` answer (RFC 9457).
 *
 * `instance` is the path that was asked for; empty when absent.
 */
export function toProblem(error: SmartcallError, instance = ""): Problem {
  return {
    type: problemType(error.reason),
    title: reasonInfo(error.reason).title,
    status: error.status,
    detail: error.message,
    instance,
    reason: error.reason,
    requestId: error.requestId ?? "",
    retryable: error.retryable,
    errors: error.errors.map(({ pointer, detail }) => ({ pointer, detail })),
  };
}
