import type { Problem } from "./openapi.js";
import { isReason, type Reason, reasonInfo } from "./reasons.js";
import { type FieldError, SmartcallError } from "./smartcall-error.js";

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

/**
 * Reads a problem, whole or in part, as an error.
 *
 * A body that is no problem, or has a reason that this version does not know, becomes the reason
 * that its status stands for, INTERNAL at last.
 */
export function errorFromProblem(
  body: unknown,
  answer: { status: number; requestId?: string | undefined; retryAfterMs?: number | undefined },
): SmartcallError {
  const problem = isRecord(body) ? body : {};
  const reason = problem["reason"];
  const known = typeof reason === "string" && isReason(reason);
  return new SmartcallError({
    reason: known ? reason : reasonOfStatus(answer.status),
    message: text(problem["detail"]) ?? text(problem["title"]),
    status: answer.status,
    requestId: text(problem["requestId"]) ?? answer.requestId,
    retryable: typeof problem["retryable"] === "boolean" ? problem["retryable"] : undefined,
    errors: fieldErrors(problem["errors"]),
    retryAfterMs: answer.retryAfterMs,
  });
}

/** What a status stands for that came without a reason, as from a proxy on the way. */
const statusReasons: Readonly<Record<number, Reason>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "ROUTE_NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  406: "NOT_ACCEPTABLE",
  408: "REQUEST_TIMEOUT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  429: "RATE_LIMITED",
  431: "HEADERS_TOO_LARGE",
  501: "NOT_IMPLEMENTED",
  504: "DEADLINE_EXCEEDED",
};

function reasonOfStatus(status: number): Reason {
  return statusReasons[status] ?? "INTERNAL";
}

function fieldErrors(value: unknown): FieldError[] {
  return (Array.isArray(value) ? value : []).filter(isRecord).map((item) => ({
    pointer: text(item["pointer"]) ?? "",
    detail: text(item["detail"]) ?? "",
  }));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
