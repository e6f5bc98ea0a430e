import {
  type DescField,
  type JsonObject,
  type JsonValue,
  type JsonWriteOptions,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import type { HttpBody } from "../gen/google/api/httpbody_pb.js";
import { createJsonWriter } from "../json-writer/create-json-writer.js";
import type { HttpBinding } from "../template/bindings.js";

/** Creates what writes response messages as JSON: the whole of them, or the field that the rule names. */
export function createMessageWriter(
  { method, responseBody }: HttpBinding,
  options: Partial<JsonWriteOptions>,
): (message: Message) => string {
  if (responseBody === undefined && isUsual(options)) {
    return createJsonWriter(method.output);
  }
  return (message) => {
    const json = toJson(method.output, message, options);
    return JSON.stringify(
      responseBody === undefined ? json : pickField(json as JsonObject, responseBody, options),
    );
  };
}

/** Whether these are the options that `createJsonWriter` is made for. */
function isUsual({
  alwaysEmitImplicit,
  enumAsInteger,
  useProtoFieldName,
  registry,
}: Partial<JsonWriteOptions>): boolean {
  return (
    alwaysEmitImplicit === true && !enumAsInteger && !useProtoFieldName && registry === undefined
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
export function rawBodyOf(
  { responseBody }: HttpBinding,
  message: Message | undefined,
): Partial<HttpBody> {
  const body: unknown =
    responseBody === undefined
      ? message
      : (message as unknown as Record<string, unknown> | undefined)?.[responseBody.localName];
  return (body as HttpBody | undefined) ?? {};
}
