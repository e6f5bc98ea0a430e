import {
  type DescField,
  type JsonObject,
  type JsonValue,
  type JsonWriteOptions,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import type { HttpBody } from "../gen/google/api/httpbody_pb.js";
import type { Route } from "../request/create-route.js";

/** Writes a response message as JSON: the whole of it, or the field that the rule names. */
export function writeMessage(
  route: Route,
  message: Message,
  options: Partial<JsonWriteOptions>,
): string {
  const { method, responseBody } = route.binding;
  const json = toJson(method.output, message, options);
  return JSON.stringify(
    responseBody === undefined ? json : pickField(json as JsonObject, responseBody, options),
  );
}

/** A field that JSON leaves out is still a body: an empty list or map, or null. */
function pickField(
  json: JsonObject,
  field: DescField,
  options: Partial<JsonWriteOptions>,
): JsonValue {
  const value = json[options.useProtoFieldName ? field.name : field.jsonName];
  if (value !== undefined) {
    return value;
  }
  return field.fieldKind === "list" ? [] : field.fieldKind === "map" ? {} : null;
}

/** The google.api.HttpBody that a response is, or that the field which the rule names is. */
export function rawBodyOf(route: Route, message: Message): Partial<HttpBody> {
  const { responseBody } = route.binding;
  const body: unknown =
    responseBody === undefined
      ? message
      : (message as unknown as Record<string, unknown>)[responseBody.localName];
  return (body as HttpBody | undefined) ?? {};
}
