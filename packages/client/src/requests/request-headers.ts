import type { ResolvedOptions } from "../options.js";

/** What the headers of one request are made of. */
export interface RequestHeadersInit {
  /** The bearer token. */
  token: string | undefined;
  /** How long the gateway may take. */
  timeoutMs?: number | undefined;
  /** What is sent unless the caller says otherwise. */
  defaults?: Readonly<Record<string, string>> | undefined;
  /** Those that the caller asked for. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * The headers of one request: trace context, bearer token, how long the gateway may take, those of
 * the client, and at last those of the request. Names are in lower case.
 */
export function createRequestHeaders(
  { headers: common, openTelemetry }: Partial<Pick<ResolvedOptions, "headers" | "openTelemetry">>,
  { token, timeoutMs, defaults, headers }: RequestHeadersInit,
): Record<string, string> {
  const made: Record<string, string> = { ...defaults };
  openTelemetry?.propagation.inject(openTelemetry.context.active() as never, made);
  if (token) made["authorization"] = `Bearer ${token}`;
  if (timeoutMs !== undefined && Number.isFinite(timeoutMs)) {
    made["request-timeout"] = (Math.max(1, timeoutMs) / 1000).toFixed(3);
  }
  for (const given of [common, headers]) {
    for (const name in given) made[name.toLowerCase()] = given[name] as string;
  }
  return made;
}
