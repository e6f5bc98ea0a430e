import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { Value } from "@bufbuild/protobuf/wkt";
import type { ScratchWriter } from "./scratch-writer.js";

// `google.protobuf.Struct` and `Value` by hand, with the same agreement as in write-hot.ts.

/** What is deeper is left to the generated code, which has a limit of its own. */
const maxDepth = 100;

/** Writes what stands in a `Struct` that is kept as JSON. */
export function writeStruct(writer: ScratchWriter, struct: JsonObject, depth = 0): boolean {
  for (const key of Object.keys(struct)) {
    const value = struct[key];
    if (value === undefined || key === "__proto__") return false;
    const entry = writer.begin(1);
    writer.string(1, key);
    const start = writer.begin(2);
    if (!writeJson(writer, value, depth + 1)) return false;
    writer.end(start);
    writer.end(entry);
  }
  return true;
}

function writeJson(writer: ScratchWriter, value: JsonValue, depth: number): boolean {
  if (depth > maxDepth) return false;
  if (value === null) writer.uint32(1, 0);
  else if (typeof value === "string") writer.string(3, value);
  else if (typeof value === "boolean") writer.uint32(4, Number(value));
  else if (typeof value === "number") {
    if (!Number.isFinite(value)) return false;
    writer.double(2, value);
  } else {
    const start = writer.begin(Array.isArray(value) ? 6 : 5);
    if (Array.isArray(value)) {
      for (const item of value) {
        const at = writer.begin(1);
        if (!writeJson(writer, item, depth + 1)) return false;
        writer.end(at);
      }
    } else if (!writeStruct(writer, value, depth)) return false;
    writer.end(start);
  }
  return true;
}

/** Writes what stands in a `Value` that is kept as a message. */
export function writeValue(writer: ScratchWriter, { kind, $unknown }: Value, depth = 0): boolean {
  if ($unknown !== undefined || depth > maxDepth) return false;
  switch (kind.case) {
    case "nullValue":
      writer.uint32(1, 0);
      return kind.value === 0;
    case "numberValue":
      writer.double(2, kind.value);
      return Number.isFinite(kind.value);
    case "stringValue":
      writer.string(3, kind.value);
      return true;
    case "boolValue":
      writer.uint32(4, Number(kind.value));
      return true;
    case "structValue": {
      if (kind.value.$unknown !== undefined) return false;
      const start = writer.begin(5);
      for (const key of Object.keys(kind.value.fields)) {
        const value = kind.value.fields[key];
        if (value === undefined || key === "__proto__") return false;
        const entry = writer.begin(1);
        writer.string(1, key);
        const at = writer.begin(2);
        if (!writeValue(writer, value, depth + 1)) return false;
        writer.end(at);
        writer.end(entry);
      }
      writer.end(start);
      return true;
    }
    case "listValue": {
      if (kind.value.$unknown !== undefined) return false;
      const start = writer.begin(6);
      for (const value of kind.value.values) {
        const at = writer.begin(1);
        if (!writeValue(writer, value, depth + 1)) return false;
        writer.end(at);
      }
      writer.end(start);
      return true;
    }
    case undefined:
      return true;
  }
}
