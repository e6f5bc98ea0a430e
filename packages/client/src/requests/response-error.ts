import { errorFromProblem, SmartcallError } from "@smartcall/protocol/sdk";

/** The error that an answer without success stands for; `body` is its JSON, where it is any. */
export function errorFromResponse(
  response: Response,
  body: unknown,
  now: () => number = Date.now,
): SmartcallError {
  const { headers, status, type } = response;
  if (type === "opaqueredirect" || (status >= 300 && status < 400)) {
    // It would take credentials along.
    const target = headers.get("location");
    const message = `The redirect to ${target} is not followed.`;
    return new SmartcallError({ reason: "INTERNAL", status, message });
  }
  const answer = {
    status,
    requestId: headers.get("x-request-id") ?? undefined,
    retryAfterMs: parseRetryAfter(headers.get("retry-after"), now),
  };
  const shouldRetry = headers.get("x-should-retry");
  const hasReason = typeof (body as { reason?: unknown } | null)?.reason === "string";
  if (status >= 500 && !hasReason && shouldRetry !== "false") {
    const message = `A proxy answers ${status}.`;
    return new SmartcallError({ reason: "GATEWAY_UNREACHABLE", message, ...answer });
  }
  const retryable = shouldRetry === null ? undefined : shouldRetry === "true";
  return errorFromProblem(body, { ...answer, retryable });
}

/** What a request that got no answer is told as. */
export function unreachable(url: string, cause: unknown): SmartcallError {
  return new SmartcallError({
    reason: "GATEWAY_UNREACHABLE",
    message: `The gateway at ${url} cannot be reached: ${describe(cause)}`,
    cause,
  });
}

/** Milliseconds that `Retry-After` asks for, as seconds or as a date (RFC 9110, 10.2.3). */
export function parseRetryAfter(text: string | null, now: () => number): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const delayMs = /^[\d.\s]+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now();
  return Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined;
}

/** `fetch` of Node hides what happened behind "fetch failed". */
function describe(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : undefined;
  return inner instanceof Error ? `${String(cause)} (${inner.message})` : String(cause);
}
