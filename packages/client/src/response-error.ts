import { errorFromProblem, SmartcallError } from "@smartcall/protocol";

/** The error that an answer without success stands for; `body` is its JSON, where it is any. */
export function errorFromResponse(response: Response, body: unknown): SmartcallError {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return errorFromProblem(body, {
    status: response.status,
    requestId: response.headers.get("x-request-id") ?? undefined,
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined,
  });
}

/** What a request that got no answer is told as. */
export function unreachable(url: string, cause: unknown): SmartcallError {
  return new SmartcallError({
    reason: "GATEWAY_UNREACHABLE",
    message: `The gateway at ${url} cannot be reached, or went away: ${describe(cause)}`,
    cause,
  });
}

/** `fetch` of Node hides what happened behind "fetch failed". */
function describe(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : undefined;
  return inner instanceof Error ? `${String(cause)} (${inner.message})` : String(cause);
}
