import { isJsonObject, type Json, type JsonObject } from "../openapi/json.ts";

/** What openapi/postman-base.yaml says of one request. */
export interface StoryRequest {
  /** The operation of the OpenAPI document. */
  readonly operation: string;
  /** The operation's summary when absent. */
  readonly name?: string;
  /** Values of parameters, which replace those of the document's examples. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the document's example. */
  readonly body?: Json;
  /** Variables that get a value before it is sent. */
  readonly set?: Readonly<Record<string, string>>;
  /** Variables that are taken from the answer, by the path of what they take. */
  readonly keep?: Readonly<Record<string, string>>;
  /** The status that it must answer; the operation's first success when absent. */
  readonly status?: number;
  /** What must stand at a path of the answer. */
  readonly expect?: Readonly<Record<string, Json>>;
  /** What the answer's text must have in it. */
  readonly contains?: readonly string[];
  /** Its answer never ends, so that a run must leave it out. */
  readonly endless?: boolean;
}

/** Requests that belong together, in the order in which they are sent. */
export interface StoryFolder {
  readonly name: string;
  readonly description?: string;
  readonly requests: readonly StoryRequest[];
}

/** The whole of openapi/postman-base.yaml. */
export interface Story {
  readonly info: { readonly name: string; readonly description: string };
  readonly variables: Readonly<
    Record<string, { readonly value: string; readonly description: string }>
  >;
  readonly folders: readonly StoryFolder[];
}

const requestKeys = new Set([
  "operation",
  "name",
  "path",
  "query",
  "headers",
  "body",
  "set",
  "keep",
  "status",
  "expect",
  "contains",
  "endless",
]);

/**
 * Reads openapi/postman-base.yaml.
 *
 * @throws naming the request with a key that means nothing.
 */
export function readStory(base: JsonObject): Story {
  const folders = Array.isArray(base["folders"]) ? base["folders"].filter(isJsonObject) : [];
  for (const { name, requests } of folders) {
    for (const request of Array.isArray(requests) ? requests.filter(isJsonObject) : []) {
      const unknown = Object.keys(request).find((key) => !requestKeys.has(key));
      if (unknown === undefined) continue;
      throw new Error(`postman-base.yaml: ${name}: ${request["operation"]}: no "${unknown}"`);
    }
  }
  return base as unknown as Story;
}
