import type { DescField, DescMessage } from "@bufbuild/protobuf";

/**
 * Follows a dotted path of field names from a message on; each part may be the proto or the JSON
 * name. Answers the fields in order, or undefined when a part names no field or goes through
 * something that is not a singular message.
 */
export function resolveFieldPath(
  message: DescMessage,
  path: readonly string[],
): DescField[] | undefined {
  const fields: DescField[] = [];
  let scope: DescMessage | undefined = message;
  for (const name of path) {
    const field: DescField | undefined = scope && findField(scope, name);
    if (field === undefined) {
      return undefined;
    }
    fields.push(field);
    scope = field.fieldKind === "message" && !isTextual(field.message) ? field.message : undefined;
  }
  return fields;
}

/** Whether a field's value can be written as one text in a URL. */
export function isUrlField(field: DescField): boolean {
  switch (field.fieldKind) {
    case "scalar":
    case "enum":
      return true;
    case "message":
      return isTextual(field.message);
    default:
      return false;
  }
}

/** Whether a field is a list of values that can each be written as one text in a URL. */
export function isUrlList(field: DescField): boolean {
  return (
    field.fieldKind === "list" &&
    (field.listKind !== "message" || (field.message !== undefined && isTextual(field.message)))
  );
}

const textual = new Set(
  "Timestamp Duration FieldMask StringValue BytesValue BoolValue Int32Value UInt32Value Int64Value UInt64Value FloatValue DoubleValue"
    .split(" ")
    .map((name) => `google.protobuf.${name}`),
);

/** Whether a message is written as a single JSON scalar: Timestamp, Duration, FieldMask, wrappers. */
function isTextual(message: DescMessage): boolean {
  return textual.has(message.typeName);
}

function findField(message: DescMessage, name: string): DescField | undefined {
  return message.fields.find((field) => field.name === name || field.jsonName === name);
}
