import { reasonInfo, SmartcallError, toProblem } from "@smartcall/protocol";

/** An error as REST answers it: RFC 9457 `application/problem+json`. */
export interface ProblemAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Makes the answer of an error. A fault of the gateway says no more than that it is one. */
export function answerProblem(thrown: unknown, target: string, requestId: string): ProblemAnswer {
  const { reason, message, retryable, errors, retryAfterMs } = SmartcallError.from(thrown);
  const error = new SmartcallError({
    reason,
    message: reason === "INTERNAL" ? reasonInfo(reason).sentence : message,
    retryable,
    errors,
    requestId,
  });
  return {
    status: error.status,
    headers: {
      "content-type": "application/problem+json",
      ...(requestId !== "" && { "x-request-id": requestId }),
      ...(retryAfterMs !== undefined && { "retry-after": String(Math.ceil(retryAfterMs / 1_000)) }),
      ...(!error.retryable && { "x-should-retry": "false" }),
    },
    body: JSON.stringify(toProblem(error, target.split("?", 1)[0])),
  };
}
