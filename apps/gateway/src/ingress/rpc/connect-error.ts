import type { create } from "@bufbuild/protobuf";
import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { type Code, ConnectError } from "@connectrpc/connect";
import { reasonInfo, SmartcallError } from "@smartcall/protocol";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RequestInfoSchema,
  RetryInfoSchema,
} from "@smartcall/protocol/proto";

/**
 * Any error as the RPC faces say it: google.rpc.Status with the reason in an ErrorInfo of domain
 * `smartcall`, wrong fields in a BadRequest, a wait in a RetryInfo.
 */
export function toConnectError(thrown: unknown, requestId: string): ConnectError {
  if (thrown instanceof ConnectError) return thrown;
  const error = SmartcallError.from(thrown);
  const info = reasonInfo(error.reason);
  const message = error.reason === "INTERNAL" ? info.sentence : error.message;
  const connectError = new ConnectError(message, info.code as Code, undefined, undefined, thrown);
  connectError.details.push(
    detail(ErrorInfoSchema, {
      reason: error.reason,
      domain: "smartcall",
      metadata: { requestId, retryable: String(error.retryable) },
    }),
    detail(RequestInfoSchema, { requestId }),
  );
  if (error.errors.length > 0) {
    const fieldViolations = error.errors.map(({ pointer, detail: description }) => ({
      field: pointer,
      description,
    }));
    connectError.details.push(detail(BadRequestSchema, { fieldViolations }));
  }
  if (error.retryAfterMs !== undefined) {
    const retryDelay = durationFromMs(error.retryAfterMs);
    connectError.details.push(detail(RetryInfoSchema, { retryDelay }));
  }
  return connectError;
}

function detail(...[desc, value]: Parameters<typeof create>) {
  return { desc, value: value ?? {} };
}
