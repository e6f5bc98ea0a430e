import type { DescField, DescMethod, DescService } from "@bufbuild/protobuf";
import { bindings, type HttpBinding } from "@smartcall/transcode/template";
import { description, firstSentence } from "./documentation.ts";
import { exampleOf, type OperationExample, toJsonLines, toServerSentEvents } from "./examples.ts";
import { isJsonObject, type Json, type JsonObject, mergeJson } from "./json.ts";
import { createParameters } from "./parameters.ts";
import type { Problems } from "./problems.ts";
import { nameOf, type Schemas } from "./schemas.ts";

/** What operations are made from. */
export interface OperationSources {
  readonly schemas: Schemas;
  readonly problems: Problems;
  readonly base: JsonObject;
  readonly examples: JsonObject;
}

/** An operation and its place in the document. */
export interface PlacedOperation {
  readonly path: string;
  /** The HTTP method, in lower case. */
  readonly method: string;
  readonly operation: JsonObject;
}

/** The operations of a service: one for each binding of each RPC that has any. */
export function createOperations(
  service: DescService,
  tag: string,
  sources: OperationSources,
): PlacedOperation[] {
  return service.methods.flatMap((method) => {
    const all = bindings(method);
    if (all.length === 0) return [];
    const overlay = overlayOf(sources.base, method, all.length);
    return all.map((binding, index) => {
      const operationId = overlay.operationIds[index] ?? method.localName;
      return createOperation({ method, binding, operationId, tag, overlay, sources });
    });
  });
}

interface OperationParts {
  readonly method: DescMethod;
  readonly binding: HttpBinding;
  readonly operationId: string;
  readonly tag: string;
  readonly overlay: Overlay;
  readonly sources: OperationSources;
}

function createOperation(parts: OperationParts): PlacedOperation {
  const { method, binding, operationId, overlay, sources } = parts;
  const { path, parameters, inPath } = createParameters(binding, sources.schemas, sources.examples);
  const example = exampleOf(sources.examples, operationId);
  const text = description(method).description ?? "";
  const body = requestBody(binding, inPath, sources.schemas, example);
  const reasons = [
    ...overlay.reasons,
    ...reasonsOf(sources.base, "everywhere"),
    ...(body === undefined ? [] : reasonsOf(sources.base, "withBody")),
  ];
  const responses = mergeJson(
    mergeJson({ "200": success(binding, sources, example) }, sources.problems.responsesOf(reasons)),
    accepted(overlay.responses, example),
  );
  return {
    path,
    method: binding.httpMethod.toLowerCase(),
    operation: {
      operationId,
      tags: [parts.tag],
      summary: firstSentence(text),
      description: text,
      parameters: [...parameters, ...overlay.parameters],
      ...(body === undefined ? {} : { requestBody: body }),
      responses,
    },
  };
}

function requestBody(
  binding: HttpBinding,
  inPath: ReadonlySet<DescField>,
  schemas: Schemas,
  example: OperationExample,
): JsonObject | undefined {
  if (binding.body === undefined) return undefined;
  const schema =
    binding.body === "*"
      ? schemas.body(binding.method.input, inPath)
      : schemas.field(binding.body, "request");
  if (example.request === undefined)
    throw new Error(`openapi/examples.yaml: no request of ${binding.method.name}`);
  return {
    required: true,
    content: { "application/json": { schema, example: example.request } },
  };
}

function success(
  binding: HttpBinding,
  { schemas, base }: OperationSources,
  example: OperationExample,
): JsonObject {
  const { output, methodKind } = binding.method;
  const schema =
    binding.responseBody === undefined
      ? schemas.message(output, "response")
      : schemas.field(binding.responseBody, "response");
  const headers = isJsonObject(base["everywhere"]) ? base["everywhere"]["headers"] : undefined;
  if (methodKind !== "server_streaming") {
    return {
      description: output.fields.length === 0 ? "Done." : (description(output).description ?? ""),
      headers: headers ?? {},
      content: { "application/json": { schema, example: example.response ?? {} } },
    };
  }
  const name = nameOf(output);
  const events = example.events ?? [];
  return {
    description: `The events, in the order of their cursors; the last one is always \`end\`.`,
    headers: headers ?? {},
    content: {
      "text/event-stream": {
        schema: stream(
          schema,
          `Server-sent events: \`data\` is a ${name}, \`event\` its kind (\`status\`, \`outputDelta\`, …), \`id\` its cursor, which \`end\` has not. An \`event: error\` has a Problem as data and ends the stream. Comments keep the connection alive.`,
        ),
        example: toServerSentEvents(events),
      },
      "application/x-ndjson": {
        schema: stream(
          schema,
          `One ${name} a line. A line \`{"error": …}\` has a Problem and ends the stream.`,
        ),
        example: toJsonLines(events),
      },
    },
  };
}

/** The schema of a stream: a text, whose items `contentSchema` describes. */
function stream(item: JsonObject, text: string): JsonObject {
  return {
    type: "string",
    description: text,
    contentMediaType: "application/json",
    contentSchema: item,
  };
}

/** Gives the 202 of an overlay its example. */
function accepted(responses: JsonObject, example: OperationExample): JsonObject {
  if (example.accepted === undefined) return responses;
  return mergeJson(responses, {
    "202": { content: { "application/json": { example: example.accepted } } },
  }) as JsonObject;
}

/** What openapi/base.yaml lays over the operations of an RPC. */
interface Overlay {
  readonly operationIds: readonly string[];
  readonly reasons: readonly string[];
  readonly parameters: readonly Json[];
  readonly responses: JsonObject;
}

function overlayOf(base: JsonObject, method: DescMethod, count: number): Overlay {
  const overlay = isJsonObject(base["operations"]) ? base["operations"][method.name] : undefined;
  if (!isJsonObject(overlay)) throw new Error(`openapi/base.yaml: operations lacks ${method.name}`);
  const operationIds = texts(overlay["operationIds"]);
  if (count > 1 && operationIds.length !== count) {
    throw new Error(`openapi/base.yaml: ${method.name} needs ${count} operationIds`);
  }
  const everywhere = isJsonObject(base["everywhere"]) ? base["everywhere"] : {};
  return {
    operationIds,
    reasons: texts(overlay["reasons"]),
    parameters: [...list(everywhere["parameters"]), ...list(overlay["parameters"])],
    responses: isJsonObject(overlay["responses"]) ? overlay["responses"] : {},
  };
}

function reasonsOf(base: JsonObject, group: "everywhere" | "withBody"): readonly string[] {
  return isJsonObject(base["reasons"]) ? texts(base["reasons"][group]) : [];
}

function texts(value: Json | undefined): string[] {
  return list(value).map(String);
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
