import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { JsonObject } from "./json.ts";

const digit = "[A-Za-z0-9+/_-]";

/** Base64 in both alphabets, padded or not: `contentEncoding` alone is checked by nobody. */
const base64 = `^(${digit}{4})*(${digit}{2}(==)?|${digit}{3}=?)?$`;

/** The JSON form of a scalar in the ProtoJSON mapping, in the one spelling that is written. */
export function scalarSchema(scalar: ScalarType): JsonObject {
  switch (scalar) {
    case ScalarType.STRING:
      return { type: "string" };
    case ScalarType.BOOL:
      return { type: "boolean" };
    case ScalarType.BYTES:
      return { type: "string", contentEncoding: "base64", pattern: base64 };
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return { type: "number", format: scalar === ScalarType.FLOAT ? "float" : "double" };
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return { type: "integer", format: "int32", minimum: -2147483648, maximum: 2147483647 };
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      // int32 would be wrong above 2^31 - 1, and no registered format says uint32.
      return { type: "integer", format: "int64", minimum: 0, maximum: 4294967295 };
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return { type: "string", pattern: "^(0|[1-9][0-9]{0,19})$" };
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return { type: "string", pattern: "^(0|-?[1-9][0-9]{0,18})$" };
  }
}

const schemas = new Map<string, JsonObject>([
  ["google.protobuf.Timestamp", { type: "string", format: "date-time" }],
  // `format: duration` is ISO 8601's; ProtoJSON writes seconds.
  ["google.protobuf.Duration", { type: "string", pattern: "^-?[0-9]+(\\.[0-9]{1,9})?s$" }],
  [
    "google.protobuf.FieldMask",
    { type: "string", pattern: "^([A-Za-z0-9.]+(,[A-Za-z0-9.]+)*)?$", examples: ["description"] },
  ],
  ["google.protobuf.Struct", { type: "object", additionalProperties: true }],
  ["google.protobuf.Value", {}],
  ["google.protobuf.ListValue", { type: "array", items: {} }],
  ["google.protobuf.Empty", { type: "object", maxProperties: 0 }],
]);

/** The schema of a message that ProtoJSON writes in a form of its own; undefined for all others. */
export function wellKnownSchema(message: DescMessage): JsonObject | undefined {
  const schema = schemas.get(message.typeName);
  if (schema === undefined && message.typeName.startsWith("google.protobuf.")) {
    throw new Error(`${message.typeName} has no schema yet: add it to well-known.ts`);
  }
  return schema === undefined ? undefined : structuredClone(schema);
}
