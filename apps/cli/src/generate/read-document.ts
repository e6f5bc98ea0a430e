import { SmartcallError } from "@smartcall/protocol";
import { apiKeyOf, gatewayUrl } from "../connect.js";
import type { SharedOptions } from "../shared-options.js";
import { UsageError } from "../usage-error.js";

/** A JSON Schema. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

/** The part of an OpenAPI document that agents are in. */
export interface AgentsDocument {
  readonly paths: Readonly<Record<string, { post?: { description?: string } }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The document of a gateway. */
export async function fetchDocument(options: SharedOptions): Promise<AgentsDocument> {
  const url = `${gatewayUrl(options)}/openapi.json`;
  const apiKey = apiKeyOf(options);
  let answer: Response;
  try {
    answer = await fetch(url, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(options.timeout ?? 30_000),
    });
  } catch (cause) {
    const message = `${url} cannot be fetched: ${(cause as Error).message}`;
    throw new SmartcallError({ reason: "GATEWAY_UNREACHABLE", message, cause });
  }
  if (!answer.ok) {
    const reason = answer.status === 401 ? "UNAUTHENTICATED" : "ROUTE_NOT_FOUND";
    throw new SmartcallError({ reason, message: `${url} answers ${answer.status}` });
  }
  return parseDocument(await answer.text(), url);
}

/** @throws {UsageError} when it is none. */
export function parseDocument(text: string, source: string): AgentsDocument {
  try {
    const document = JSON.parse(text) as AgentsDocument;
    if (document.paths && document.components.schemas) return document;
  } catch {
    // Said below.
  }
  throw new UsageError(`${source} is no OpenAPI document of a gateway`);
}
