import type { DescMessage } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { byToJson } from "./by-to-json.js";
import { compileField, isAlwaysWritten, type WriteField } from "./compile-field.js";
import { compileWellKnown } from "./compile-well-known.js";
import { giveUp, type LocalMessage, type Write } from "./write.js";

const writers = new WeakMap<DescMessage, Write>();

/** The writer of a message type, made when it is first asked for. */
export function compileMessage(desc: DescMessage): Write {
  const known = writers.get(desc);
  if (known !== undefined) {
    return known;
  }
  const fields: WriteField[] = [];
  const write = isOdd(desc)
    ? byToJson(desc)
    : hasCustomJsonRepresentation(desc)
      ? compileWellKnown(desc)
      : writeFields(desc.typeName, fields);
  // Known before its fields are looked at: a message may hold itself.
  writers.set(desc, write);
  if (!isOdd(desc) && !hasCustomJsonRepresentation(desc)) {
    fields.push(...compileFields(desc));
  }
  return write;
}

/** Of a JavaScript object the members with numbers for names come first, and names are unique. */
function isOdd({ fields }: DescMessage): boolean {
  const names = new Set(fields.map(({ jsonName }) => jsonName));
  return names.size < fields.length || fields.some(({ jsonName }) => /^\d+$/.test(jsonName));
}

/** The first member comes after `{` and the others after a comma: mostly that is known beforehand. */
function compileFields(desc: DescMessage): WriteField[] {
  const sorted = desc.fields.toSorted((a, b) => a.number - b.number);
  const firstSure = sorted.findIndex(isAlwaysWritten);
  return sorted.map((field, index) => {
    const first = compileField(field, "{", compileMessage);
    const next = compileField(field, ",", compileMessage);
    if (index === 0) {
      return first;
    }
    if (firstSure >= 0 && index > firstSure) {
      return next;
    }
    return (text, message, start) => (text.length === start ? first : next)(text, message, start);
  });
}

function writeFields(typeName: string, fields: readonly WriteField[]): Write {
  return (text, value) => {
    const message = value as LocalMessage;
    if (message.$typeName !== typeName) {
      return giveUp();
    }
    const start = text.length;
    let longer = text;
    for (let index = 0; index < fields.length; index++) {
      longer = (fields[index] as WriteField)(longer, message, start);
    }
    return longer.length === start ? `${text}{}` : `${longer}}`;
  };
}
