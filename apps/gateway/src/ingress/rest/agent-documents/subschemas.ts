/** A JSON Schema that is an object. */
export type JsonSchema = { [keyword: string]: unknown };

/** Keywords whose value is a schema. */
const single = [
  ...["items", "additionalItems", "unevaluatedItems", "contains", "not", "if", "then", "else"],
  ...["additionalProperties", "unevaluatedProperties", "propertyNames", "contentSchema"],
];

/** Keywords whose value is a list of schemas. */
const lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];

/** Keywords whose value is schemas by name. */
const maps = [
  ...["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"],
  "dependencies",
];

/** The schemas that stand in a schema, with their JSON Pointers in it. */
export function subschemas(schema: JsonSchema): [pointer: string, schema: JsonSchema][] {
  const found: [string, JsonSchema][] = [];
  const note = (pointer: string, value: unknown) => {
    if (isSchema(value)) found.push([pointer, value]);
  };
  for (const keyword of single) note(`/${keyword}`, schema[keyword]);
  for (const keyword of [...lists, ...maps]) {
    const value = schema[keyword];
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value) !== lists.includes(keyword)) continue;
    for (const [key, each] of Object.entries(value)) note(`/${keyword}/${escapeStep(key)}`, each);
  }
  return found;
}

/** A copy with each schema that stands in it replaced; other values are shared. */
export function mapSubschemas(
  schema: JsonSchema,
  replace: (schema: JsonSchema) => JsonSchema,
): JsonSchema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (Array.isArray(value)) {
      return [
        keyword,
        lists.includes(keyword) ? value.map((each) => mapped(each, replace)) : value,
      ];
    }
    if (typeof value !== "object" || value === null) return [keyword, value];
    if (single.includes(keyword)) return [keyword, mapped(value, replace)];
    if (!maps.includes(keyword)) return [keyword, value];
    const named = Object.entries(value).map(([key, each]) => [key, mapped(each, replace)]);
    return [keyword, Object.fromEntries(named)];
  });
  return Object.fromEntries(entries);
}

function mapped(value: unknown, replace: (schema: JsonSchema) => JsonSchema): unknown {
  return isSchema(value) ? replace(value) : value;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escapeStep(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
