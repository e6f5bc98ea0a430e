import type { JsonObject } from "../openapi/json.ts";
import { readOperations } from "./operations.ts";
import { createRequestItem } from "./request-item.ts";
import { readStory } from "./story.ts";

/**
 * The Postman collection (format 2.1.0) that tells the story of openapi/postman-base.yaml with the
 * requests of the OpenAPI document.
 *
 * @throws when the story names an operation that is not there, or leaves one out.
 */
export function generateCollection(document: JsonObject, base: JsonObject): JsonObject {
  const operations = readOperations(document);
  const { info, variables, folders } = readStory(base);
  const told = new Set(folders.flatMap(({ requests }) => requests.map((one) => one.operation)));
  const untold = [...operations.keys()].filter((name) => !told.has(name));
  if (untold.length > 0) throw new Error(`postman-base.yaml lacks ${untold.join(", ")}`);
  return {
    info: {
      ...info,
      schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{apiKey}}", type: "string" }] },
    variable: Object.entries(variables).map(([key, one]) => ({ key, ...one })),
    item: folders.map(({ name, description = "", requests }) => ({
      name,
      description,
      item: requests.map((request) => {
        const operation = operations.get(request.operation);
        if (operation !== undefined) return createRequestItem(request, operation);
        throw new Error(`postman-base.yaml: ${name}: no operation "${request.operation}"`);
      }),
    })),
  };
}

/** The Postman environment of a gateway on this machine. */
export function generateEnvironment(document: JsonObject): JsonObject {
  const [server] = Array.isArray(document["servers"]) ? document["servers"] : [];
  const { url = "" } = (server ?? {}) as JsonObject;
  return {
    name: "Smartcall on this machine",
    values: [
      { key: "baseUrl", value: url, type: "default", enabled: true },
      { key: "apiKey", value: "", type: "secret", enabled: true },
      { key: "skipEndless", value: "false", type: "default", enabled: true },
    ],
    _postman_variable_scope: "environment",
  };
}
