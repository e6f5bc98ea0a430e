import type { Json, JsonObject } from "../openapi/json.ts";
import type { Operation, OperationResponse } from "./operations.ts";
import { createEvents } from "./scripts.ts";
import type { StoryRequest } from "./story.ts";

/**
 * One request of the collection, with its tests and the document's examples of its answers.
 *
 * @throws when the operation never answers the status that the story wants of it, or has no
 * parameter of a name that the story gives a value.
 */
export function createRequestItem(request: StoryRequest, operation: Operation): JsonObject {
  const { responses } = operation;
  const wanted = request.status ?? [...responses.keys()].find((status) => status < 300) ?? 200;
  const response = responses.get(wanted);
  if (response === undefined) throw new Error(`${request.operation} never answers ${wanted}`);
  const sent = createRequest(request, operation);
  const shown = [...responses].filter(([status]) => status < 300 || status === wanted);
  return {
    name: request.name ?? operation.summary,
    event: createEvents(request, wanted, response),
    request: sent,
    response: shown.flatMap(([status, each]) => createExamples(status, each, sent)),
  };
}

function createRequest(request: StoryRequest, operation: Operation): JsonObject {
  const { method, path, description } = operation;
  const body = request.body ?? operation.body;
  const query = parametersIn("query", operation, request.query);
  const segments = path.slice(1).replaceAll(/\{(\w+)\}/g, ":$1");
  const search = query.filter(({ disabled }) => disabled !== true);
  return {
    method,
    description,
    header: [
      ...(body === undefined ? [] : [{ key: "Content-Type", value: "application/json" }]),
      ...parametersIn("header", operation, request.headers),
    ],
    url: {
      raw: `{{baseUrl}}/${segments}${search.length > 0 ? `?${search.map(({ key, value }) => `${key}=${value}`).join("&")}` : ""}`,
      host: ["{{baseUrl}}"],
      path: segments.split("/"),
      ...(query.length > 0 ? { query } : {}),
      variable: parametersIn("path", operation, request.path),
    },
    ...(body === undefined
      ? {}
      : {
          body: {
            mode: "raw",
            raw: JSON.stringify(body, null, 2),
            options: { raw: { language: "json" } },
          },
        }),
  };
}

/** Headers that are no parameters of a document, by its rules. */
const plainHeaders = ["Accept"];

function parametersIn(
  place: "path" | "query" | "header",
  { parameters, summary }: Operation,
  values: Readonly<Record<string, string>> = {},
): JsonObject[] {
  const here = parameters.filter((parameter) => parameter["in"] === place);
  const names = here.map(({ name }) => String(name));
  const extra = Object.keys(values).filter((name) => !names.includes(name));
  const strange = extra.find((name) => place !== "header" || !plainHeaders.includes(name));
  if (strange !== undefined) throw new Error(`"${summary}" has no ${place} parameter ${strange}`);
  return [
    ...here.map(({ name, description = "", example = "" }) => {
      const key = String(name);
      // A parameter of the path is the variable of its name, unless the story says otherwise.
      const value = values[key] ?? (place === "path" ? `{{${key}}}` : String(example));
      const isUnused = place !== "path" && values[key] === undefined;
      return { key, value, description, ...(isUnused ? { disabled: true } : {}) };
    }),
    ...extra.map((key) => ({ key, value: values[key] ?? "" })),
  ];
}

function createExamples(
  status: number,
  { description, content }: OperationResponse,
  originalRequest: JsonObject,
): JsonObject[] {
  return [...content].map(([type, example]) => ({
    name: `${status} ${type}: ${description}`,
    originalRequest,
    code: status,
    status: reasonPhrases[status] ?? "",
    _postman_previewlanguage: type.endsWith("json") ? "json" : "text",
    header: [{ key: "Content-Type", value: type }],
    body: printExample(example),
  }));
}

function printExample(example: Json | undefined): string {
  return typeof example === "string" ? example : JSON.stringify(example ?? null, null, 2);
}

const reasonPhrases: Record<number, string> = {
  200: "OK",
  202: "Accepted",
  400: "Bad Request",
  404: "Not Found",
};
