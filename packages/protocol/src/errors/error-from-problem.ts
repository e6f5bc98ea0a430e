import { reasonStatuses } from "../gen/reasons.js";
import { allReasons, isReason, type Reason } from "../reasons.js";
import { type FieldError, SmartcallError } from "./smartcall-error.js";

/**
 * Reads a problem, whole or in part, as an error.
 *
 * A body that is no problem, or has a reason that this version does not know, becomes the reason
 * that its status stands for, INTERNAL at last.
 */
export function errorFromProblem(
  body: unknown,
  answer: {
    status: number;
    requestId?: string | undefined;
    retryAfterMs?: number | undefined;
    /** What the answer says beside the problem, which it goes before. */
    retryable?: boolean | undefined;
  },
): SmartcallError {
  const problem = isRecord(body) ? body : {};
  const reason = problem["reason"];
  const known = typeof reason === "string" && isReason(reason);
  return new SmartcallError({
    reason: known ? reason : reasonOfStatus(answer.status),
    message: text(problem["detail"]) ?? text(problem["title"]),
    status: answer.status,
    requestId: text(problem["requestId"]) ?? answer.requestId,
    retryable: answer.retryable ?? flag(problem["retryable"]),
    errors: fieldErrors(problem["errors"]),
    retryAfterMs: answer.retryAfterMs,
    problem: isRecord(body) && !Array.isArray(body) ? body : undefined,
  });
}

/** Statuses that mean one thing even without a reason, as from a proxy on the way. */
const telling = /^(40[013456]|408|413|415|429|431|501|504)$/;

function reasonOfStatus(status: number): Reason {
  const isOf = (reason: Reason) => reasonStatuses[reason] === status;
  // Reasons that share a status stand in the table with the general one first.
  return (telling.test(String(status)) && allReasons.find(isOf)) || "INTERNAL";
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

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
