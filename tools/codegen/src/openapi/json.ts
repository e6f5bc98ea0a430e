/** A JSON value, as it is written to YAML. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object: a schema, an operation, a document. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a JSON value is an object, so that its keys may be read. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lays `upper` over `lower`: objects are merged key by key, lists are joined, the rest replaced. */
export function mergeJson(lower: Json | undefined, upper: Json): Json {
  if (isJsonObject(lower) && isJsonObject(upper)) {
    const merged: JsonObject = { ...lower };
    for (const [key, value] of Object.entries(upper)) merged[key] = mergeJson(merged[key], value);
    return merged;
  }
  return Array.isArray(lower) && Array.isArray(upper) ? [...lower, ...upper] : upper;
}
