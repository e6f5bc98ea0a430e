import { giveUp, type LocalMessage, type Write } from "./write.js";
import { appendKey, appendString, isPlain } from "./write-string.js";

/** Appends plain JSON that stands for a google.protobuf.Struct. */
export const writeJsonObject: Write = (text, value) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? writeObject(text, value as LocalMessage)
    : giveUp();

function writeJson(text: string, value: unknown): string {
  switch (typeof value) {
    case "string":
      return appendString(text, value);
    case "number":
      return Number.isFinite(value) ? text + value : giveUp();
    case "boolean":
      return text + value;
    case "object":
      if (value === null) {
        return `${text}null`;
      }
      return Array.isArray(value)
        ? writeItems(text, value, writeJson)
        : writeObject(text, value as LocalMessage);
    default:
      return giveUp();
  }
}

/** Mostly strings, whose last quote goes with what comes after it: the fewer pieces the quicker. */
function writeObject(text: string, object: LocalMessage): string {
  let longer = text;
  let open = '{"';
  let close = "{}";
  for (const key in object) {
    if (!Object.hasOwn(object, key)) {
      continue;
    }
    const value = object[key];
    if (typeof value === "string" && isPlain(value) && isPlain(key)) {
      longer = `${longer + open + key}":"${value}`;
      open = '","';
      close = '"}';
    } else {
      longer = writeJson(appendKey(longer, open, key), value);
      open = ',"';
      close = "}";
    }
  }
  return longer + close;
}

/** Appends a google.protobuf.Struct that is a message. */
export const writeStruct: Write = (text, value) =>
  writeRecord(text, (value as LocalMessage).fields as LocalMessage, writeValue);

/** Appends a google.protobuf.ListValue. */
export const writeListValue: Write = (text, value) =>
  writeItems(text, (value as LocalMessage).values as readonly unknown[], writeValue);

/** Appends a google.protobuf.Value. */
export function writeValue(text: string, message: unknown): string {
  const { case: kind, value } = (message as LocalMessage).kind as LocalMessage;
  switch (kind) {
    case "nullValue":
      return `${text}null`;
    case "numberValue":
      return typeof value === "number" && Number.isFinite(value) ? text + value : giveUp();
    case "boolValue":
      return typeof value === "boolean" ? text + value : giveUp();
    case "stringValue":
      return typeof value === "string" ? appendString(text, value) : giveUp();
    case "structValue":
      return writeStruct(text, value);
    case "listValue":
      return writeListValue(text, value);
    default:
      return giveUp();
  }
}

function writeRecord(text: string, record: LocalMessage, write: Write): string {
  let longer = text;
  let open = '{"';
  for (const key of Object.keys(record)) {
    longer = write(appendKey(longer, open, key), record[key]);
    open = ',"';
  }
  return longer.length === text.length ? `${text}{}` : `${longer}}`;
}

function writeItems(text: string, items: readonly unknown[], write: Write): string {
  let longer = text;
  let separator = "[";
  for (let index = 0; index < items.length; index++) {
    longer = write(longer + separator, items[index]);
    separator = ",";
  }
  return longer.length === text.length ? `${text}[]` : `${longer}]`;
}
