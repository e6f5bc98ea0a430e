import type { DescField, JsonObject, JsonValue } from "@bufbuild/protobuf";

/** How setting a field in JSON went. */
export type SetResult =
  | "set"
  /** The body has another value there. */
  | "differs"
  /** Something on the way is no object; whoever checks the body tells. */
  | "blocked";

/**
 * Sets a field of the URL in the JSON of the request, or appends to it when it is a list.
 *
 * What the body says stays: the same value is fine, another one is a contradiction.
 */
export function setField(
  json: JsonObject,
  fields: readonly DescField[],
  value: JsonValue,
): SetResult {
  let scope = json;
  const last = fields.length - 1;
  for (const [depth, field] of fields.entries()) {
    const name = nameIn(scope, field);
    const present = Object.hasOwn(scope, name) ? (scope[name] ?? undefined) : undefined;
    if (depth === last) {
      return field.fieldKind === "list"
        ? append(scope, name, present, value)
        : assign(scope, name, present, value);
    }
    const next: JsonValue = present ?? {};
    if (typeof next !== "object" || Array.isArray(next) || next === null) {
      return "blocked";
    }
    scope[name] = next;
    scope = next;
  }
  return "set";
}

/** A body may call a field by its proto name. */
function nameIn(scope: JsonObject, field: DescField): string {
  return field.name !== field.jsonName && Object.hasOwn(scope, field.name)
    ? field.name
    : field.jsonName;
}

function assign(
  scope: JsonObject,
  name: string,
  present: JsonValue | undefined,
  value: JsonValue,
): SetResult {
  if (present !== undefined && String(present) !== String(value)) {
    return "differs";
  }
  scope[name] = value;
  return "set";
}

function append(
  scope: JsonObject,
  name: string,
  present: JsonValue | undefined,
  value: JsonValue,
): SetResult {
  if (present === undefined) {
    scope[name] = [value];
    return "set";
  }
  if (!Array.isArray(present)) {
    return "blocked";
  }
  present.push(value);
  return "set";
}
