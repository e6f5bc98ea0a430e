import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { WireReader } from "./wire-reader.js";

// `google.protobuf.Struct` by hand, with the same agreement as in read-hot.ts.

/** What is deeper is left to the generated code, which has a limit of its own. */
const maxDepth = 16;

/** Reads a `Struct` as the JSON that it stands for. */
export function readStruct(reader: WireReader, depth = 0): JsonObject {
  const struct: JsonObject = {};
  if (depth > maxDepth) return reader.giveUp(struct);
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === 0x0a) readEntry(reader, struct, depth);
    else reader.odd = true;
  }
  return struct;
}

function readEntry(reader: WireReader, struct: JsonObject, depth: number): void {
  const end = reader.end();
  const key = reader.tag(end) === 0x0a ? reader.string() : reader.giveUp("");
  const value = reader.tag(end) === 0x12 ? readValue(reader, depth) : reader.giveUp(null);
  if (reader.at !== end || key === "__proto__") reader.odd = true;
  else struct[key] = value;
}

/** A value of exactly one kind. */
function readValue(reader: WireReader, depth: number): JsonValue {
  const end = reader.end();
  const value = readKind(reader, reader.tag(end), depth);
  return reader.at === end ? value : reader.giveUp(null);
}

function readKind(reader: WireReader, tag: number, depth: number): JsonValue {
  switch (tag) {
    case 0x08:
      return reader.uint32() === 0 ? null : reader.giveUp(null);
    case 0x11:
      return reader.double();
    case 0x1a:
      return reader.string();
    case 0x20:
      return reader.uint32() !== 0;
    case 0x2a:
      return readStruct(reader, depth + 1);
    case 0x32:
      return readList(reader, depth + 1);
    default:
      return reader.giveUp(null);
  }
}

function readList(reader: WireReader, depth: number): JsonValue[] {
  const items: JsonValue[] = [];
  if (depth > maxDepth) return reader.giveUp(items);
  const end = reader.end();
  for (let tag = reader.tag(end); tag !== 0; tag = reader.tag(end)) {
    if (tag === 0x0a) items.push(readValue(reader, depth));
    else reader.odd = true;
  }
  return items;
}
