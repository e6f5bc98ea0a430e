import type { Outcome } from "@smartcall/link";
import { reasonInfo, SmartcallError } from "@smartcall/protocol";

/**
 * An error as the close of an exchange says it: `refused` when nothing has run, and in the details
 * the request id and, where there are any, the wrong fields and how long to wait.
 */
export function outcomeFrom(thrown: unknown, requestId: string): Outcome {
  const { reason, message, retryable, errors, retryAfterMs } = SmartcallError.from(thrown);
  return {
    reason,
    message: reason === "INTERNAL" ? reasonInfo(reason).sentence : message,
    ...(retryable && { refused: true }),
    details: {
      ...(requestId && { requestId }),
      ...(errors.length > 0 && { errors: errors.map((error) => ({ ...error })) }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  };
}
