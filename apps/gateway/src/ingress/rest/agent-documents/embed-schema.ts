import { Ajv2020 } from "ajv/dist/2020.js";
import { type JsonSchema, mapSubschemas, subschemas } from "./subschemas.js";

/** What a schema may be like to stand in the documents. */
const bounds = { bytes: 256 * 1024, depth: 64 };

/** Says what schema it is in, or where, and would say something else inside another document. */
const placeKeywords = new Set([
  ...["$schema", "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary"],
  // Of drafts before 2019-09, where it stood for $id.
  "id",
]);

const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });

/**
 * An agent's JSON Schema as it can stand at `pointer` of a document: its references lead to where it
 * stands, what leads nowhere or elsewhere is left open, keywords of older drafts are those of 2020-12.
 *
 * Answers undefined for what is no schema, or is larger or deeper than a document should be made of.
 */
export function embedSchema(schema: object, pointer: string): JsonSchema | undefined {
  if (depthOf(schema) > bounds.depth || JSON.stringify(schema).length > bounds.bytes) return;
  const places = new Map<string, string>();
  notePlaces(schema as JsonSchema, "", places);
  const moved = move(schema as JsonSchema, places, "");
  dropLooseReferences(moved, moved);
  rebase(moved, pointer);
  // The references are known to resolve; only the shape is left to be looked at.
  return ajv.validateSchema(withoutReferences(moved)) === true ? moved : undefined;
}

/** Where each name by which a schema is referred to stands, as a pointer within the whole. */
function notePlaces(schema: JsonSchema, pointer: string, places: Map<string, string>): void {
  const { $id, $anchor, $dynamicAnchor } = schema;
  if (typeof $id === "string" && !places.has($id)) places.set($id.replace(/#$/, ""), pointer);
  for (const anchor of [$anchor, $dynamicAnchor]) {
    if (typeof anchor === "string" && !places.has(`#${anchor}`)) places.set(`#${anchor}`, pointer);
  }
  for (const [path, each] of subschemas(schema)) notePlaces(each, pointer + path, places);
}

/** A copy whose references are pointers within the whole, without what names its own place. */
function move(schema: JsonSchema, places: ReadonlyMap<string, string>, root: string): JsonSchema {
  const home = typeof schema["$id"] === "string" ? (places.get(schema["$id"]) ?? root) : root;
  const copy = mapSubschemas(modern(schema), (each) => move(each, places, home));
  for (const key of placeKeywords) if (key === "id" || key in copy) dropPlace(copy, key);
  const reference = copy["$ref"] ?? copy["$dynamicRef"] ?? copy["$recursiveRef"];
  delete copy["$dynamicRef"];
  delete copy["$recursiveRef"];
  if (reference !== undefined) {
    const target = typeof reference === "string" ? resolve(reference, places, home) : undefined;
    if (target === undefined) delete copy["$ref"];
    else copy["$ref"] = `#${target}`;
  }
  return copy;
}

function dropPlace(schema: JsonSchema, key: string): void {
  // `id` of drafts before 6 is a URI; anything else is nothing that a schema knows.
  if (key !== "id" || typeof schema["id"] === "string") delete schema[key];
}

function resolve(
  reference: string,
  places: ReadonlyMap<string, string>,
  home: string,
): string | undefined {
  const [resource = "", fragment = ""] = reference.split("#", 2);
  const start = resource === "" ? home : places.get(resource);
  if (start === undefined) return undefined;
  if (fragment === "") return start;
  if (fragment.startsWith("/")) return start + unescapeUri(fragment);
  return places.get(`#${fragment}`);
}

function unescapeUri(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The keywords of older drafts that 2020-12 says otherwise. */
function modern(schema: JsonSchema): JsonSchema {
  const { items, additionalItems, exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  return {
    ...rest,
    ...(Array.isArray(items)
      ? { prefixItems: items, ...(additionalItems !== undefined && { items: additionalItems }) }
      : items !== undefined && { items }),
    ...(typeof exclusiveMinimum !== "boolean" && exclusiveMinimum !== undefined
      ? { exclusiveMinimum }
      : {}),
    ...(typeof exclusiveMaximum !== "boolean" && exclusiveMaximum !== undefined
      ? { exclusiveMaximum }
      : {}),
  };
}

/** Leaves open what refers to nothing, or only to itself. */
function dropLooseReferences(schema: JsonSchema, whole: JsonSchema): void {
  if (typeof schema["$ref"] === "string" && !endsSomewhere(schema, whole)) delete schema["$ref"];
  for (const [, each] of subschemas(schema)) dropLooseReferences(each, whole);
}

function endsSomewhere(from: JsonSchema, whole: JsonSchema): boolean {
  const seen = new Set<unknown>();
  let schema: unknown = from;
  while (typeof schema === "object" && schema !== null) {
    if (seen.has(schema)) return false;
    seen.add(schema);
    const reference = (schema as JsonSchema)["$ref"];
    if (typeof reference !== "string") return !Array.isArray(schema);
    schema = at(whole, reference.slice(1));
  }
  return typeof schema === "boolean";
}

function at(whole: JsonSchema, pointer: string): unknown {
  let value: unknown = whole;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof value !== "object" || value === null) return undefined;
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    value = Object.hasOwn(value, key) ? (value as JsonSchema)[key] : undefined;
  }
  return value;
}

function rebase(schema: JsonSchema, pointer: string): void {
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    schema["$ref"] = `#${pointer}${encodeURI(reference.slice(1))}`;
  }
  for (const [, each] of subschemas(schema)) rebase(each, pointer);
}

function withoutReferences(schema: JsonSchema): JsonSchema {
  const { $ref: _, ...rest } = mapSubschemas(schema, withoutReferences);
  return rest;
}

/** How deep a value is nested, as far as it matters. */
function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== "object" || value === null || depth > bounds.depth) return depth;
  let deepest = depth;
  for (const each of Object.values(value)) deepest = Math.max(deepest, depthOf(each, depth + 1));
  return deepest;
}
