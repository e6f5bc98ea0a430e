import type { DescEnum } from "@bufbuild/protobuf";
import { fixed, giveUp, type Write } from "./write.js";

/** Prepares to write an enum's value after `prefix`: its name, or the number when it has none. */
export function compileEnum(desc: DescEnum, prefix: string): Write {
  if (desc.typeName === "google.protobuf.NullValue") {
    return (text, value) => (typeof value === "number" ? `${text + prefix}null` : giveUp());
  }
  const names = new Map<unknown, string>();
  for (const { number } of desc.values) {
    // Of names for the same number, the one that `value` holds counts.
    names.set(number, fixed(prefix, JSON.stringify(desc.value[number]?.jsonName ?? number)));
  }
  return (text, value) => {
    const name = names.get(value);
    if (name !== undefined) {
      return text + name;
    }
    return typeof value === "number" && Number.isFinite(value) ? text + prefix + value : giveUp();
  };
}
