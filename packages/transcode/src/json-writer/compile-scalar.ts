import { ScalarType } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { fixed, giveUp, type Write } from "./write.js";
import { appendString, compileString } from "./write-string.js";

/** Prepares to write a scalar after `prefix`. */
export function compileScalar(scalar: ScalarType, prefix: string): Write {
  switch (scalar) {
    case ScalarType.STRING:
      return compileString(prefix);
    case ScalarType.BOOL:
      return compileBool(prefix);
    case ScalarType.BYTES:
      return (text, value) =>
        value instanceof Uint8Array ? `${text}${prefix}"${base64Encode(value)}"` : giveUp();
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return (text, value) => {
        if (typeof value !== "number") {
          return giveUp();
        }
        return text + prefix + (Number.isFinite(value) ? value : `"${value}"`);
      };
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return compileLong(prefix);
    default:
      return (text, value) =>
        typeof value === "number" && Number.isFinite(value) ? text + prefix + value : giveUp();
  }
}

function compileBool(prefix: string): Write {
  const yes = fixed(prefix, "true");
  const no = fixed(prefix, "false");
  return (text, value) => {
    if (value === true) {
      return text + yes;
    }
    return value === false ? text + no : giveUp();
  };
}

/** Fields with `jstype = JS_STRING` hold strings. */
function compileLong(prefix: string): Write {
  return (text, value) => {
    if (typeof value === "bigint") {
      return `${text + prefix}"${value}"`;
    }
    return typeof value === "string" ? appendString(text + prefix, value) : giveUp();
  };
}
