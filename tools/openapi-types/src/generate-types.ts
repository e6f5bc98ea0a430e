import openApiTypes, { astToString, COMMENT_HEADER, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import { answeredSchemas } from "./answered-schemas.ts";

/**
 * The module of types that openapi-typescript makes of a document, whose answers are open: where one
 * has an enum, a newer gateway may answer an `UnknownValue`. What a caller sends stays closed.
 */
export async function generateTypes(document: OpenAPI3): Promise<string> {
  const schemas = document.components?.schemas ?? {};
  const answered = new Set<string>(answeredSchemas(document).map(toPath));
  const enums = new Map<string, string>(
    Object.entries(schemas).flatMap(([name, schema]) =>
      "enum" in schema ? [[toPath(name), name]] : [],
    ),
  );
  const nodes = await openApiTypes(document, {
    alphabetize: true,
    inject: 'import type { UnknownValue } from "../unknown-value.js";',
    // Called for each property with the path of the schema that has it.
    transform(schema, { path = "" }) {
      const name = "$ref" in schema ? enums.get(String(schema.$ref)) : undefined;
      return name !== undefined && answered.has(path) ? openEnum(name) : undefined;
    },
  });
  return COMMENT_HEADER + astToString(nodes);
}

function toPath(schema: string): string {
  return `#/components/schemas/${schema}`;
}

/** `components["schemas"]["Name"] | UnknownValue` */
function openEnum(name: string): ts.TypeNode {
  const { createIndexedAccessTypeNode: at, createUnionTypeNode } = ts.factory;
  const of = (type: string) => ts.factory.createTypeReferenceNode(type);
  const key = (text: string) =>
    ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(text));
  const known = at(at(of("components"), key("schemas")), key(name));
  return createUnionTypeNode([known, of("UnknownValue")]);
}
