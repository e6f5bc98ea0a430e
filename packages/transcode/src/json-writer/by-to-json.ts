import { type DescMessage, type Message, toJson } from "@bufbuild/protobuf";
import type { Write } from "./write.js";

/** Writes messages of a type the slow way, for those that are rare or odd. */
export function byToJson(desc: DescMessage): Write {
  return (text, message) =>
    text + JSON.stringify(toJson(desc, message as Message, { alwaysEmitImplicit: true }));
}
