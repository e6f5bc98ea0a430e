import type { DescMessage } from "@bufbuild/protobuf";
import { byToJson } from "./by-to-json.js";
import { giveUp, type LocalMessage, type Write } from "./write.js";
import { writeListValue, writeStruct, writeValue } from "./write-struct.js";
import { compileTimestamp, writeDuration } from "./write-time.js";

/** Prepares to write a message that has a JSON form of its own. */
export function compileWellKnown(desc: DescMessage): Write {
  const write = writerOf(desc);
  return (text, message) =>
    (message as LocalMessage).$typeName === desc.typeName ? write(text, message) : giveUp();
}

function writerOf(desc: DescMessage): Write {
  switch (desc.typeName) {
    case "google.protobuf.Timestamp":
      return compileTimestamp();
    case "google.protobuf.Duration":
      return writeDuration;
    case "google.protobuf.Struct":
      return writeStruct;
    case "google.protobuf.Value":
      return writeValue;
    case "google.protobuf.ListValue":
      return writeListValue;
    default:
      // Rare, and no quicker by hand: Any, FieldMask, and wrappers that are not unwrapped.
      return byToJson(desc);
  }
}
