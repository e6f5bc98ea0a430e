import type { OpenAPI3 } from "openapi-typescript";

/** The names of the schemas that answers have in them, at whatever depth. */
export function answeredSchemas({ paths, components }: OpenAPI3): string[] {
  const schemas: Readonly<Record<string, unknown>> = components?.schemas ?? {};
  const found = new Set<string>();
  const take = (value: unknown): void => {
    for (const name of referencedSchemas(value)) {
      if (found.has(name)) continue;
      found.add(name);
      take(schemas[name]);
    }
  };
  take(components?.responses);
  for (const item of Object.values(paths ?? {})) {
    for (const operation of Object.values(item)) take(responsesOf(operation));
  }
  return [...found];
}

function responsesOf(operation: unknown): unknown {
  const isObject = typeof operation === "object" && operation !== null;
  return isObject && "responses" in operation ? operation.responses : undefined;
}

/** The schemas that a part of a document points to. */
function referencedSchemas(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(key === "$ref" ? String(inner) : "")?.[1];
    return name === undefined ? referencedSchemas(inner) : [name];
  });
}
