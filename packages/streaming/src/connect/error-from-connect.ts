import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "@smartcall/protocol/proto";
import { type Reason, SmartcallError } from "@smartcall/protocol/sdk";
import { cut } from "../resume/cut.js";

/**
 * Codes that mean the same whoever says them; every other one is trouble on the way, `canceled` too:
 * so a connection of HTTP/2 says that it was cut.
 */
const reasons: { readonly [Key in Code]?: Reason } = {
  [Code.DeadlineExceeded]: "DEADLINE_EXCEEDED",
  [Code.Unauthenticated]: "UNAUTHENTICATED",
  [Code.PermissionDenied]: "PERMISSION_DENIED",
  [Code.Unimplemented]: "NOT_IMPLEMENTED",
  [Code.ResourceExhausted]: "RATE_LIMITED",
};

/**
 * What an RPC failed with: the reason that the gateway put into its details, else what its code
 * stands for; the connection's trouble is a cut once something was heard on it.
 */
export function errorFromConnect(thrown: unknown, isHeard: boolean): SmartcallError {
  if (thrown instanceof SmartcallError) return thrown;
  const error = ConnectError.from(thrown);
  const info = error.findDetails(ErrorInfoSchema).find(({ domain }) => domain === "smartcall");
  const message = error.rawMessage;
  if (info !== undefined) {
    const [retry] = error.findDetails(RetryInfoSchema);
    const violations = error.findDetails(BadRequestSchema).flatMap((each) => each.fieldViolations);
    return new SmartcallError({
      reason: SmartcallError.reasonFrom(info.reason),
      message,
      requestId: info.metadata["requestId"] || undefined,
      retryable: info.metadata["retryable"] === "true",
      errors: violations.map(({ field, description }) => ({ pointer: field, detail: description })),
      retryAfterMs: retry?.retryDelay && durationMs(retry.retryDelay),
      cause: error,
    });
  }
  const reason = reasons[error.code];
  if (reason !== undefined) return new SmartcallError({ reason, message, cause: error });
  if (isHeard) return cut(`the connection broke: ${message}`, error);
  return new SmartcallError({ reason: "GATEWAY_UNREACHABLE", message, cause: error });
}
