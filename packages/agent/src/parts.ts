import { fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { ValueSchema } from "@bufbuild/protobuf/wkt";
import type { Message, Part } from "@smartcall/protocol/proto";

/** A part of text; `mediaType` when it is not plain, such as `text/markdown`. */
export function textPart(text: string, mediaType = ""): Part {
  return {
    $typeName: "smartcall.v1.Part",
    content: { case: "text", value: text },
    filename: "",
    mediaType,
  };
}

/** A part of data: any value that JSON can say, taken as `JSON.stringify` takes it. */
export function dataPart(value: unknown): Part {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`JSON has no ${typeof value}`);
  return {
    $typeName: "smartcall.v1.Part",
    content: { case: "data", value: fromJson(ValueSchema, JSON.parse(text) as JsonValue) },
    filename: "",
    mediaType: "",
  };
}

/** The text of a message: its text parts, a line break between two of them. */
export function textOf(message: Message): string {
  const [only] = message.parts;
  if (message.parts.length === 1 && only?.content.case === "text") return only.content.value;
  const texts: string[] = [];
  for (const part of message.parts) {
    if (part.content.case === "text") texts.push(part.content.value);
  }
  return texts.join("\n");
}

/** The value of a message's first data part; undefined when it has none. */
export function dataOf(message: Message): JsonValue | undefined {
  for (const part of message.parts) {
    if (part.content.case === "data") return toJson(ValueSchema, part.content.value);
  }
  return undefined;
}
