import type { JsonSchema } from "./subschemas.js";

/** An OpenAPI document, as far as it is looked into here. */
export interface OpenApiDocument {
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, object>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}
