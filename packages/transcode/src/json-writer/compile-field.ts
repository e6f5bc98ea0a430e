import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { Edition, isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { compileEnum } from "./compile-enum.js";
import { compileScalar } from "./compile-scalar.js";
import { fixed, giveUp, type LocalMessage, type Write } from "./write.js";
import { appendKey } from "./write-string.js";
import { writeJsonObject } from "./write-struct.js";

/** Appends a field, when it is there, of a message whose text starts at `start`. */
export type WriteField = (text: string, message: LocalMessage, start: number) => string;

/** The writers of messages, each made once, also of those that hold themselves. */
export type WriterOf = (desc: DescMessage) => Write;

// The names of google.protobuf.FeatureSet.FieldPresence.
const implicit = 2;
const legacyRequired = 3;

/** Whether a field is written whatever it holds. */
export function isAlwaysWritten(field: DescField): boolean {
  return (
    field.fieldKind === "list" ||
    field.fieldKind === "map" ||
    (field.oneof === undefined &&
      (field.presence === implicit || field.presence === legacyRequired))
  );
}

/** Prepares to write a field after `separator`. */
export function compileField(field: DescField, separator: string, writerOf: WriterOf): WriteField {
  const { localName } = field;
  const key = fixed(separator, JSON.stringify(field.jsonName), ":");
  if (field.fieldKind === "list") {
    const write = compileList(field, key, writerOf);
    return (text, message) => write(text, message[localName]);
  }
  if (field.fieldKind === "map") {
    const write = compileMap(field, key, writerOf);
    return (text, message) => write(text, message[localName]);
  }
  const write = compileSingular(field, key, writerOf);
  if (field.oneof !== undefined) {
    const oneofName = field.oneof.localName;
    return (text, message) => {
      const oneof = message[oneofName] as LocalMessage;
      return oneof.case === localName ? write(text, oneof.value) : text;
    };
  }
  if (field.presence === implicit) {
    return (text, message) => write(text, message[localName]);
  }
  if (field.parent.file.edition === Edition.EDITION_PROTO3 && !(localName in Object.prototype)) {
    return (text, message) => {
      const value = message[localName];
      return value === undefined ? text : write(text, value);
    };
  }
  const isRequired = field.presence === legacyRequired;
  return (text, message) => {
    const value = message[localName];
    // What is not set may have a default on the prototype chain.
    if (value !== undefined && Object.hasOwn(message, localName)) {
      return write(text, value);
    }
    return isRequired ? giveUp() : text;
  };
}

type Singular = Extract<DescField, { fieldKind: "scalar" | "enum" | "message" }>;

function compileSingular(field: Singular, prefix: string, writerOf: WriterOf): Write {
  if (field.fieldKind === "message" && field.oneof === undefined && isWrapperDesc(field.message)) {
    return compileScalar(field.message.fields[0].scalar, prefix);
  }
  return compileValue(field, prefix, writerOf);
}

function compileValue(
  field: Pick<DescField, "message" | "enum" | "scalar" | "parent">,
  prefix: string,
  writerOf: WriterOf,
): Write {
  if (field.message !== undefined) {
    // A Struct is plain JSON in memory, but for those within google.protobuf.Value.
    const write =
      field.message.typeName === "google.protobuf.Struct"
        ? writeJsonObject
        : writerOf(field.message);
    return (text, value) => write(text + prefix, value);
  }
  if (field.enum !== undefined) {
    return compileEnum(field.enum, prefix);
  }
  return compileScalar(field.scalar ?? ScalarType.STRING, prefix);
}

function compileList(
  field: Extract<DescField, { fieldKind: "list" }>,
  prefix: string,
  writerOf: WriterOf,
): Write {
  const empty = fixed(prefix, "[]");
  const writeFirst = compileValue(field, fixed(prefix, "["), writerOf);
  const writeNext = compileValue(field, ",", writerOf);
  return (text, value) => {
    const items = value as readonly unknown[];
    if (items.length === 0) {
      return text + empty;
    }
    let longer = writeFirst(text, items[0]);
    for (let index = 1; index < items.length; index++) {
      longer = writeNext(longer, items[index]);
    }
    return `${longer}]`;
  };
}

function compileMap(
  field: Extract<DescField, { fieldKind: "map" }>,
  prefix: string,
  writerOf: WriterOf,
): Write {
  const empty = fixed(prefix, "{}");
  const open = fixed(prefix, '{"');
  const write = compileValue(field, "", writerOf);
  return (text, value) => {
    const record = value as LocalMessage;
    let longer = text;
    let openKey = open;
    for (const key of Object.keys(record)) {
      longer = write(appendKey(longer, openKey, key), record[key]);
      openKey = ',"';
    }
    return longer.length === text.length ? text + empty : `${longer}}`;
  };
}
