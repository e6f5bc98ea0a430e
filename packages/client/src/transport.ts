import { SmartcallError } from "@smartcall/protocol";
import type { paths } from "@smartcall/protocol/openapi";
import createFetchClient, { type Client } from "openapi-fetch";
import { withDeadline } from "./deadline.js";
import type { RequestOptions, ResolvedOptions } from "./options.js";
import { createRequestHeaders } from "./request-headers.js";
import { errorFromResponse, unreachable } from "./response-error.js";

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
      const headers = await createRequestHeaders(options, { ...perRequest, timeoutMs });
      return dataOf(await reach(options.url, request(client, { headers, signal })));
    });
  };
}

async function reach<Result>(url: string, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof SmartcallError) throw cause;
    if (!(cause instanceof SyntaxError)) throw unreachable(url, cause);
    const message = `The answer of ${url} is not JSON: ${cause.message}`;
    throw new SmartcallError({ reason: "INTERNAL", message, cause });
  }
}

function dataOf<Data>({ data, error, response }: Answer<Data>): Data {
  if (response.ok && data !== undefined) return data;
  throw errorFromResponse(response, error);
}
