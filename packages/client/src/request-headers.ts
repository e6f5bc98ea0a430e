import type { ResolvedOptions } from "./options.js";

/**
 * The headers of one request: a fresh bearer token, how long the gateway may take, those of the
 * client, and at last those of the request.
 */
export async function createRequestHeaders(
  options: Pick<ResolvedOptions, "token" | "headers">,
  perRequest: {
    headers?: Readonly<Record<string, string>> | undefined;
    timeoutMs?: number | undefined;
  },
): Promise<Record<string, string>> {
  const bearer = await readToken(options);
  const { timeoutMs } = perRequest;
  return {
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(timeoutMs === undefined || !Number.isFinite(timeoutMs)
      ? {}
      : { "request-timeout": (Math.max(1, timeoutMs) / 1000).toFixed(3) }),
    ...options.headers,
    ...perRequest.headers,
  };
}

/** The token as it is now; undefined when the client has none. */
export async function readToken({
  token,
}: Pick<ResolvedOptions, "token">): Promise<string | undefined> {
  return typeof token === "function" ? token() : token;
}
