import { randomUUID } from "node:crypto";
import { type Reason, reasonInfo, SmartcallError, toProblem } from "@smartcall/protocol";
import { TranscodeError, type TranscodeErrorKind } from "@smartcall/transcode";

const reasonOfKind: Readonly<Record<TranscodeErrorKind, Reason>> = {
  invalid: "INVALID_ARGUMENT",
  "not-found": "ROUTE_NOT_FOUND",
  "method-not-allowed": "METHOD_NOT_ALLOWED",
  "not-acceptable": "NOT_ACCEPTABLE",
  "too-large": "PAYLOAD_TOO_LARGE",
  "unsupported-media-type": "UNSUPPORTED_MEDIA_TYPE",
  canceled: "CANCELED",
  timeout: "DEADLINE_EXCEEDED",
};

/** An error with the id of the request that it ended. */
export function withRequestId(thrown: unknown, requestId: string): SmartcallError {
  const { reason, message, status, retryable, errors, retryAfterMs, cause } = errorFrom(thrown);
  const known = { reason, message, status, retryable, errors, retryAfterMs, cause };
  return new SmartcallError({ ...known, requestId });
}

/**
 * An error as REST answers it: RFC 9457 `application/problem+json`. A fault of the gateway says no
 * more than that it is one.
 *
 * @param target the path and query that were asked for.
 */
export function answerProblem(thrown: unknown, target: string) {
  const known = errorFrom(thrown);
  const error = withRequestId(known, known.requestId || randomUUID());
  const problem = toProblem(error, target.split("?", 1)[0]);
  if (error.reason === "INTERNAL") problem.detail = reasonInfo("INTERNAL").sentence;
  const headers: Record<string, string> = {
    ...(TranscodeError.is(thrown) && thrown.headers),
    "content-type": "application/problem+json",
    "x-request-id": error.requestId ?? "",
  };
  if (error.retryAfterMs !== undefined) {
    headers["retry-after"] = String(Math.ceil(error.retryAfterMs / 1_000));
  }
  if (!error.retryable) headers["x-should-retry"] = "false";
  return { status: error.status, headers, body: problem };
}

function errorFrom(thrown: unknown): SmartcallError {
  if (!TranscodeError.is(thrown)) return SmartcallError.from(thrown);
  const { kind, message, errors } = thrown;
  return new SmartcallError({ reason: reasonOfKind[kind], message, errors });
}
