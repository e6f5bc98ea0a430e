import { stringify } from "yaml";
import type { JsonObject } from "./json.ts";

const sources = "proto/, openapi/base.yaml and openapi/examples.yaml";

/** The document as YAML that parsers of YAML 1.1 read the same: dates and `on` are in quotes. */
export function generateYaml(document: JsonObject): string {
  const text = stringify(document, {
    version: "1.1",
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
  return `# Generated from ${sources}. Do not edit.\n${text}`;
}

/** The document as a module, so that a gateway serves it without reading a file. */
export function generateDocumentModule(document: JsonObject): string {
  return `// Generated from ${sources}. Do not edit.

/** An OpenAPI document, to be served as JSON. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly [key: string]: unknown;
}

/** The OpenAPI 3.1 document of the REST face. */
export const openApiDocument: OpenApiDocument = ${JSON.stringify(document, null, 2)};
`;
}
