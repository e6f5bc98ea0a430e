import { isJsonObject, type Json, type JsonObject } from "../openapi/json.ts";

/** An operation of the OpenAPI document, with every reference in reach. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly JsonObject[];
  /** The example of its JSON body, if it takes one. */
  readonly body: Json | undefined;
  /** By status, in the document's order. */
  readonly responses: ReadonlyMap<number, OperationResponse>;
}

/** One answer that an operation may give. */
export interface OperationResponse {
  readonly description: string;
  /** The media types it may have, each with its example if there is one. */
  readonly content: ReadonlyMap<string, Json | undefined>;
}

/** All operations of an OpenAPI document by their ids. */
export function readOperations(document: JsonObject): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(objectOf(document["paths"]))) {
    for (const [method, each] of Object.entries(objectOf(item))) {
      const operation = objectOf(each);
      const body = objectOf(objectOf(operation["requestBody"])["content"])["application/json"];
      operations.set(String(operation["operationId"]), {
        method: method.toUpperCase(),
        path,
        summary: String(operation["summary"] ?? ""),
        description: String(operation["description"] ?? ""),
        parameters: listOf(operation["parameters"]).map((one) => resolve(document, one)),
        body: isJsonObject(body) ? exampleOf(document, body) : undefined,
        responses: readResponses(document, objectOf(operation["responses"])),
      });
    }
  }
  return operations;
}

function readResponses(
  document: JsonObject,
  responses: JsonObject,
): Map<number, OperationResponse> {
  return new Map(
    Object.entries(responses).map(([status, each]) => {
      const response = resolve(document, each);
      const content = Object.entries(objectOf(response["content"])).map(
        ([type, media]) => [type, exampleOf(document, objectOf(media))] as const,
      );
      const description = String(response["description"] ?? "");
      return [Number(status), { description, content: new Map(content) }];
    }),
  );
}

function exampleOf(document: JsonObject, { example, examples }: JsonObject): Json | undefined {
  if (example !== undefined) return example;
  const [first] = Object.values(objectOf(examples));
  return first === undefined ? undefined : resolve(document, first)["value"];
}

function resolve(document: JsonObject, value: Json): JsonObject {
  const found = objectOf(value);
  const { $ref } = found;
  if (typeof $ref !== "string") return found;
  const steps = $ref.replace(/^#\//, "").split("/");
  return resolve(
    document,
    steps.reduce<Json>((node, step) => objectOf(node)[step] ?? {}, document),
  );
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
