import { type DescMessage, type Message, toJson } from "@bufbuild/protobuf";
import { compileMessage } from "./compile-message.js";

const options = { alwaysEmitImplicit: true };

/**
 * Creates what writes messages of a type as JSON: the same text that JSON.stringify makes of `toJson`
 * with `alwaysEmitImplicit` and no registry, and the same errors, without the objects in between.
 */
export function createJsonWriter(desc: DescMessage): (message: Message) => string {
  const write = compileMessage(desc);
  return (message) => {
    try {
      return write("", message);
    } catch {
      return JSON.stringify(toJson(desc, message, options));
    }
  };
}
