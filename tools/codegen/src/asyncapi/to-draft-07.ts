import { isJsonObject, type Json, type JsonObject } from "../openapi/json.ts";

/** Words whose value is a schema for each name, so that a name is never taken for a word. */
const maps: ReadonlySet<string> = new Set(["properties", "dependentSchemas"]);

/** Words whose value is data. */
const data: ReadonlySet<string> = new Set(["default", "examples", "const", "enum"]);

/** Schemas by name, in the words of draft 07. */
export function mapToDraft07(schemas: Json): JsonObject {
  if (!isJsonObject(schemas)) throw new Error("schemas by name were expected");
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, toDraft07(schema)]),
  );
}

/**
 * A schema of JSON Schema 2020-12, as OpenAPI 3.1 has it, in the words of draft 07, as AsyncAPI 3
 * has it: what stands beside a `$ref` would be passed over, and `dependentSchemas` has another name.
 */
function toDraft07(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toDraft07);
  if (!isJsonObject(schema)) return schema;
  const { $ref, ...rest } = schema;
  const words: JsonObject = {};
  for (const [word, value] of Object.entries(rest)) {
    const name = word === "dependentSchemas" ? "dependencies" : word;
    if (data.has(word)) words[name] = value;
    else words[name] = maps.has(word) ? mapToDraft07(value) : toDraft07(value);
  }
  if ($ref === undefined) return words;
  return Object.keys(words).length === 0 ? { $ref } : { ...words, allOf: [{ $ref }] };
}
