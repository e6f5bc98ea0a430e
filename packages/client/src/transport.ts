import { errorFromProblem, SmartcallError } from "@smartcall/protocol";
import type { paths } from "@smartcall/protocol/openapi";
import createFetchClient, { type Client } from "openapi-fetch";
import { withDeadline } from "./deadline.js";
import type { RequestOptions, ResolvedOptions } from "./options.js";

/** The openapi-fetch client that a transport sends through. */
export type RestClient = Client<paths>;

/** What a request is sent with: openapi-fetch takes it beside its parameters and body. */
export interface RequestSettings {
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Sends one request and answers its data, or throws a SmartcallError. */
export type Send = <Data>(
  options: RequestOptions,
  request: (client: RestClient, settings: RequestSettings) => Promise<Answer<Data>>,
) => Promise<Data>;

/** Sends requests with the client's token, headers and limits, and turns problems into errors. */
export function createSend(options: ResolvedOptions): Send {
  const client = createFetchClient<paths>({ baseUrl: options.url, fetch: options.fetch });
  return async (perRequest, request) => {
    const timeoutMs = perRequest.timeoutMs ?? options.timeoutMs;
    const limits = { signal: perRequest.signal, timeoutMs };
    return withDeadline(limits, async (signal) => {
      const headers = await createHeaders(options, perRequest, timeoutMs);
      return dataOf(await reach(options.url, request(client, { headers, signal })));
    });
  };
}

async function createHeaders(
  options: ResolvedOptions,
  perRequest: RequestOptions,
  timeoutMs: number | undefined,
): Promise<Record<string, string>> {
  const { token } = options;
  const bearer = typeof token === "function" ? await token() : token;
  return {
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(timeoutMs === undefined || !Number.isFinite(timeoutMs)
      ? {}
      : { "request-timeout": (Math.max(1, timeoutMs) / 1000).toFixed(3) }),
    ...options.headers,
    ...perRequest.headers,
  };
}

async function reach<Result>(url: string, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof SmartcallError) throw cause;
    const message =
      cause instanceof SyntaxError
        ? `The answer of ${url} is not JSON: ${cause.message}`
        : `The gateway at ${url} cannot be reached, or went away: ${String(cause)}`;
    throw new SmartcallError({ reason: "INTERNAL", message, cause });
  }
}

function dataOf<Data>({ data, error, response }: Answer<Data>): Data {
  if (response.ok && data !== undefined) return data;
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  throw errorFromProblem(error, {
    status: response.status,
    requestId: response.headers.get("x-request-id") ?? undefined,
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined,
  });
}
