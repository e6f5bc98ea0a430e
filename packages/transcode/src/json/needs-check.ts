import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";

/**
 * Whether `fromJson` takes a JSON value for the message that `checkMessage` refuses: 64-bit integers
 * that lost digits, NaN and Infinity, durations with a tail. Such a message is checked before it is
 * read, all others only when they cannot be read.
 */
export function needsCheck(message: DescMessage): boolean {
  return visit(message, new Set());
}

/** As `needsCheck`, for what a single field holds. */
export function fieldNeedsCheck(field: DescField): boolean {
  return visitField(field, new Set());
}

function visit(message: DescMessage, seen: Set<DescMessage>): boolean {
  if (seen.has(message)) {
    return false;
  }
  seen.add(message);
  switch (message.typeName) {
    case "google.protobuf.Duration":
    case "google.protobuf.Any":
      return true;
    case "google.protobuf.Timestamp":
    case "google.protobuf.Struct":
    case "google.protobuf.Value":
    case "google.protobuf.ListValue":
      return false;
    default:
      return message.fields.some((field) => visitField(field, seen));
  }
}

function visitField(field: DescField, seen: Set<DescMessage>): boolean {
  return field.message === undefined ? isLossy(field.scalar) : visit(field.message, seen);
}

function isLossy(scalar: ScalarType | undefined): boolean {
  switch (scalar) {
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return true;
    default:
      return false;
  }
}
