import { type DescEnum, type JsonValue, ScalarType } from "@bufbuild/protobuf";

/**
 * Says what a JSON value must be to become a scalar, or undefined when it is that.
 *
 * Stricter than the protobuf JSON mapping in two places where a value would silently become another
 * one: NaN and Infinity are refused, and so is a 64-bit integer that is written as a number outside
 * of what a double holds exactly.
 */
export function checkScalar(scalar: ScalarType, json: JsonValue): string | undefined {
  switch (scalar) {
    case ScalarType.STRING:
      if (typeof json !== "string") {
        return "expected a string";
      }
      return json.isWellFormed() ? undefined : "expected text without lone surrogates";
    case ScalarType.BOOL:
      return typeof json === "boolean" ? undefined : "expected true or false";
    case ScalarType.BYTES:
      return isBase64(json) ? undefined : "expected base64 in a string";
    case ScalarType.FLOAT:
      return isFinite32(json) ? undefined : "expected a number that a 32-bit float can hold";
    case ScalarType.DOUBLE:
      return Number.isFinite(toNumber(json)) ? undefined : "expected a finite number";
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return checkInteger32(json, -0x80000000, 0x7fffffff);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return checkInteger32(json, 0, 0xffffffff);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return checkInteger64(json, -0x8000000000000000n, 0x7fffffffffffffffn);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return checkInteger64(json, 0n, 0xffffffffffffffffn);
  }
}

/** Says what a JSON value must be to become a value of an enum, or undefined when it is that. */
export function checkEnum(descriptor: DescEnum, json: JsonValue): string | undefined {
  if (descriptor.typeName === "google.protobuf.NullValue" && json === null) {
    return undefined;
  }
  if (typeof json === "string") {
    if (descriptor.values.some((value) => value.name === json || value.jsonName === json)) {
      return undefined;
    }
  } else if (
    typeof json === "number" &&
    checkInteger32(json, -0x80000000, 0x7fffffff) === undefined
  ) {
    if (descriptor.open || descriptor.value[json] !== undefined) {
      return undefined;
    }
  }
  const names = descriptor.values.slice(0, 20).map((value) => value.jsonName);
  const more = descriptor.values.length > names.length ? ", …" : "";
  return `expected one of ${names.join(", ")}${more}`;
}

function isBase64(json: JsonValue): boolean {
  return (
    typeof json === "string" &&
    /^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}(?:==)?|[A-Za-z0-9+/_-]{3}=?)?$/.test(json)
  );
}

function isFinite32(json: JsonValue): boolean {
  return Number.isFinite(Math.fround(toNumber(json)));
}

/** Numbers may come as strings (the protobuf JSON mapping has it so); NaN is whatever is none. */
function toNumber(json: JsonValue): number {
  if (typeof json === "number") {
    return json;
  }
  return typeof json === "string" && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(json)
    ? Number(json)
    : Number.NaN;
}

function checkInteger32(json: JsonValue, low: number, high: number): string | undefined {
  const value = toNumber(json);
  return Number.isInteger(value) && value >= low && value <= high
    ? undefined
    : `expected an integer from ${low} to ${high}`;
}

function checkInteger64(json: JsonValue, low: bigint, high: bigint): string | undefined {
  if (typeof json === "number") {
    if (Number.isSafeInteger(json) && BigInt(json) >= low) {
      return undefined;
    }
    if (Number.isInteger(json)) {
      return "expected an integer in a string, since a JSON number cannot hold this one exactly";
    }
  }
  if (typeof json === "string" && /^-?(?:0|[1-9]\d{0,19})$/.test(json)) {
    const value = BigInt(json);
    if (value >= low && value <= high) {
      return undefined;
    }
  }
  return `expected an integer from ${low} to ${high}`;
}
