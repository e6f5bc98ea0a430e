import type { FileRegistry } from "@bufbuild/protobuf";
import type { ReasonRow } from "../reasons.ts";
import { description } from "./documentation.ts";
import { exampleOf } from "./examples.ts";
import { isJsonObject, type Json, type JsonObject, mergeJson } from "./json.ts";
import { createOperations } from "./operation.ts";
import { Problems } from "./problems.ts";
import { Schemas } from "./schemas.ts";

/** What {@link generateDocument} is made from. */
export interface DocumentSources {
  readonly registry: FileRegistry;
  readonly reasons: readonly ReasonRow[];
  /** openapi/base.yaml: what proto cannot say. */
  readonly base: JsonObject;
  /** openapi/examples.yaml: one example of every operation. */
  readonly examples: JsonObject;
}

/**
 * The OpenAPI 3.1 document of every RPC that has a `google.api.http` rule, tag by tag: each tag of
 * `base` stands for the service of its name, or for operations that `base` itself has.
 *
 * @throws when an RPC is not named in `base`, an operation has no example, or a rule of
 * `buf.validate` cannot be said.
 */
export function generateDocument(sources: DocumentSources): JsonObject {
  const { registry, base } = sources;
  const schemas = new Schemas(registry);
  const problems = new Problems(sources.reasons);
  const services = [...registry].filter((descriptor) => descriptor.kind === "service");
  const tags = list(base["tags"]).map(object);

  const paths: JsonObject = {};
  const described: JsonObject[] = [];
  for (const tag of tags) {
    const name = String(tag["name"]);
    const service = services.find(
      (candidate) => candidate.typeName === `smartcall.v1.${name}Service`,
    );
    described.push(service === undefined ? tag : { ...tag, ...description(service) });
    if (service === undefined) continue;
    for (const { path, method, operation } of createOperations(service, name, {
      schemas,
      problems,
      base,
      examples: sources.examples,
    })) {
      const item = object(paths[path] ?? {});
      if (method in item) throw new Error(`${path} has two operations for ${method}`);
      paths[path] = { ...item, [method]: operation };
    }
  }

  const problem = registry.getMessage("smartcall.v1.Problem");
  if (problem === undefined) throw new Error("errors.proto: Problem is gone");
  schemas.message(problem, "response");
  const components = {
    schemas: schemas.components,
    responses: problems.responses,
    examples: problems.examples,
  };
  return {
    openapi: base["openapi"] ?? "3.1.1",
    info: base["info"] ?? {},
    servers: base["servers"] ?? [],
    security: base["security"] ?? [],
    tags: described,
    paths: { ...paths, ...withExamples(object(base["paths"] ?? {}), sources.examples) },
    components: mergeJson(components, base["components"] ?? {}),
  };
}

/** Gives the operations that `base` itself has their examples. */
function withExamples(paths: JsonObject, examples: JsonObject): JsonObject {
  const filled = structuredClone(paths);
  for (const item of Object.values(filled)) {
    for (const operation of Object.values(object(item)).map(object)) {
      const example = exampleOf(examples, String(operation["operationId"])).response ?? null;
      const answer = { "200": { content: { "application/json": { example } } } };
      operation["responses"] = mergeJson(operation["responses"], answer);
    }
  }
  return filled;
}

function object(value: Json): JsonObject {
  if (!isJsonObject(value)) throw new Error("an object was expected");
  return value;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
