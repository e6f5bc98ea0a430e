import type { DescField } from "@bufbuild/protobuf";
import type { HttpBinding, PathVariable, Segment } from "@smartcall/transcode/template";
import { description } from "./documentation.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { Schemas } from "./schemas.ts";

/** The path of an operation and the parameters that proto says: those of the path and the query. */
export interface Parameters {
  /** The path as OpenAPI writes it, such as `/v1/tasks/{task}/cancel`. */
  readonly path: string;
  readonly parameters: JsonObject[];
  /** The fields of the request that the path has, so that the body has them not. */
  readonly inPath: ReadonlySet<DescField>;
}

/**
 * Lays a binding's template and query fields out as parameters.
 *
 * @throws for a variable of several segments or a nested field, which OpenAPI has no form for.
 */
export function createParameters(
  binding: HttpBinding,
  schemas: Schemas,
  examples: JsonObject,
): Parameters {
  const { template, variables } = binding;
  const inPath = new Set(variables.map((variable) => singleField(variable, template.text)));
  const verb = template.verb === undefined ? "" : `:${template.verb}`;
  const path = template.segments.map((segment) => `/${segmentText(segment, template.text)}`);
  return {
    path: path.join("") + verb,
    inPath,
    parameters: [
      ...[...inPath].map((field) => ({
        name: field.jsonName,
        in: "path",
        required: true,
        ...description(field),
        schema: schemas.field(field, "request"),
        ...exampleOf(examples, field),
      })),
      ...binding.queryFields.map((query) => {
        const field = lastOf(query.fields, template.text);
        return {
          name: query.jsonName,
          in: "query",
          ...description(field),
          ...(field.fieldKind === "list" ? { style: "form", explode: true } : {}),
          schema: schemas.field(field, "request"),
          ...exampleOf(examples, field),
        };
      }),
    ],
  };
}

function segmentText(segment: Segment, template: string): string {
  switch (segment.kind) {
    case "literal":
      return segment.value;
    case "variable":
      return `{${segment.fieldPath.join(".").replace(/_(\w)/g, (_, letter) => letter.toUpperCase())}}`;
    default:
      throw new Error(`${template}: a wildcard needs a name to be an OpenAPI parameter`);
  }
}

function singleField(variable: PathVariable, template: string): DescField {
  const [only, ...others] = variable.fields;
  const [segment, ...segments] = variable.segments;
  if (only === undefined || others.length > 0 || segments.length > 0 || segment?.kind !== "single")
    throw new Error(`${template}: {${variable.name}} has no form in OpenAPI`);
  return only;
}

function lastOf(fields: readonly DescField[], template: string): DescField {
  const last = fields.at(-1);
  if (last === undefined) throw new Error(`${template}: a query field without a field`);
  return last;
}

/** The example that openapi/examples.yaml has for every parameter of this name. */
function exampleOf(examples: JsonObject, field: DescField): { example?: Json } {
  const parameters = examples["parameters"];
  const example = isJsonObject(parameters) ? parameters[field.jsonName] : undefined;
  return example === undefined ? {} : { example };
}
