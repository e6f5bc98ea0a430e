import { stringify } from "yaml";
import type { JsonObject } from "./json.ts";

/** A document as YAML that parsers of YAML 1.1 read the same: dates and `on` are in quotes. */
export function generateYaml(document: JsonObject, sources: string): string {
  const text = stringify(document, {
    version: "1.1",
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
  return `# Generated from ${sources}. Do not edit.\n${text}`;
}

/** What {@link generateDocumentModule} says of a document. */
export interface DocumentModule {
  /** What it is generated from, for the first line. */
  readonly sources: string;
  /** The kind of document and the key that has its version: `OpenApi` has `openapi`. */
  readonly kind: "OpenApi" | "AsyncApi";
  /** What the document describes, in a sentence. */
  readonly about: string;
}

/** A document as a module, so that a gateway serves it without reading a file. */
export function generateDocumentModule(
  document: JsonObject,
  { sources, kind, about }: DocumentModule,
): string {
  return `// Generated from ${sources}. Do not edit.

/** An ${kind.replace("Api", "API")} document, to be served as JSON. */
export interface ${kind}Document {
  readonly ${kind.toLowerCase()}: string;
  readonly [key: string]: unknown;
}

/** ${about} */
export const ${kind.charAt(0).toLowerCase()}${kind.slice(1)}Document: ${kind}Document = ${JSON.stringify(document, null, 2)};
`;
}
