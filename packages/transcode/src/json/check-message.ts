import {
  type DescField,
  type DescMessage,
  type DescOneof,
  fromJson,
  type JsonObject,
  type JsonValue,
  type Registry,
  ScalarType,
} from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import type { ProblemList } from "../errors/problem-list.js";
import { checkEnum, checkScalar } from "./check-scalar.js";

export interface CheckOptions {
  /** Finds the messages in Any and extensions. Default: none are known. */
  readonly registry?: Registry | undefined;
  /** Whether a name that is no field is passed over. */
  readonly ignoreUnknownFields: boolean;
}

/** Reports everything that keeps a JSON value from being a message, at `problems.path`. */
export function checkMessage(
  message: DescMessage,
  json: JsonValue,
  problems: ProblemList,
  options: CheckOptions,
): void {
  if (message.typeName.startsWith("google.protobuf.") && checkWellKnown()) {
    return;
  }
  if (!isObject(json)) {
    problems.add("expected an object");
    return;
  }
  const seen = new Set<DescField>();
  const oneofs = new Map<DescOneof, DescField>();
  for (const name of Object.keys(json)) {
    const value = json[name] as JsonValue;
    problems.path.push(name);
    const field = findField(message, name);
    if (field === undefined) {
      checkUnknown(message, name, problems, options);
    } else if (seen.has(field)) {
      problems.add(`given more than once, as ${field.jsonName} and as ${field.name}`);
    } else {
      seen.add(field);
      checkOneof(field, value, oneofs, problems);
      checkField(field, value, problems, options);
    }
    problems.path.pop();
  }

  function checkWellKnown(): boolean {
    switch (message.typeName) {
      case "google.protobuf.Timestamp":
        readable("a time such as 2026-01-31T12:00:00Z");
        return true;
      case "google.protobuf.Duration":
        if (typeof json !== "string" || !/^-?\d{1,12}(?:\.\d{1,9})?s$/.test(json)) {
          problems.add("expected a duration in seconds such as 1.5s");
        } else {
          readable("a duration of at most 10000 years");
        }
        return true;
      case "google.protobuf.FieldMask":
        readable("field paths in lowerCamelCase with commas between them");
        return true;
      case "google.protobuf.Struct":
        if (!isObject(json)) {
          problems.add("expected an object");
        }
        return true;
      case "google.protobuf.ListValue":
        if (!Array.isArray(json)) {
          problems.add("expected an array");
        }
        return true;
      case "google.protobuf.Value":
        return true;
      case "google.protobuf.Any":
        checkAny(json, problems, options);
        return true;
    }
    if (isWrapperDesc(message) && message.fields[0]?.fieldKind === "scalar") {
      report(json === null ? undefined : checkScalar(message.fields[0].scalar, json), problems);
      return true;
    }
    return false;
  }

  function readable(expected: string): void {
    try {
      fromJson(message, json);
    } catch {
      problems.add(`expected ${expected}`);
    }
  }
}

/** Reports everything that keeps a JSON value from being a field's value, at `problems.path`. */
export function checkField(
  field: DescField,
  json: JsonValue,
  problems: ProblemList,
  options: CheckOptions,
): void {
  if (json === null) {
    return;
  }
  switch (field.fieldKind) {
    case "scalar":
      report(checkScalar(field.scalar, json), problems);
      return;
    case "enum":
      report(checkEnum(field.enum, json), problems);
      return;
    case "message":
      checkMessage(field.message, json, problems, options);
      return;
    case "list":
      if (!Array.isArray(json)) {
        problems.add("expected an array");
        return;
      }
      for (const [index, item] of json.entries()) {
        problems.path.push(index);
        checkItem(field, item, problems, options);
        problems.path.pop();
      }
      return;
    case "map":
      if (!isObject(json)) {
        problems.add("expected an object");
        return;
      }
      for (const key of Object.keys(json)) {
        problems.path.push(key);
        report(checkMapKey(field.mapKey, key), problems);
        checkItem(field, json[key] as JsonValue, problems, options);
        problems.path.pop();
      }
  }
}

type Collection = Extract<DescField, { fieldKind: "list" | "map" }>;

function checkItem(
  field: Collection,
  json: JsonValue,
  problems: ProblemList,
  options: CheckOptions,
): void {
  if (field.message !== undefined) {
    if (json === null && field.message.typeName !== "google.protobuf.Value") {
      problems.add("must not be null");
    } else {
      checkMessage(field.message, json, problems, options);
    }
  } else if (field.enum !== undefined) {
    report(checkEnum(field.enum, json), problems);
  } else if (field.scalar !== undefined) {
    report(json === null ? "must not be null" : checkScalar(field.scalar, json), problems);
  }
}

function checkMapKey(type: ScalarType, key: string): string | undefined {
  if (type === ScalarType.BOOL) {
    return key === "true" || key === "false" ? undefined : "expected true or false as the name";
  }
  const problem = checkScalar(type, key);
  return problem === undefined ? undefined : `${problem} as the name`;
}

function checkOneof(
  field: DescField,
  value: JsonValue,
  oneofs: Map<DescOneof, DescField>,
  problems: ProblemList,
): void {
  if (field.oneof === undefined || (field.fieldKind === "scalar" && value === null)) {
    return;
  }
  const other = oneofs.get(field.oneof);
  if (other === undefined) {
    oneofs.set(field.oneof, field);
  } else {
    problems.add(`cannot be given together with ${other.jsonName}`);
  }
}

function checkUnknown(
  message: DescMessage,
  name: string,
  problems: ProblemList,
  options: CheckOptions,
): void {
  const extension =
    name.startsWith("[") && name.endsWith("]")
      ? options.registry?.getExtension(name.slice(1, -1))
      : undefined;
  if (extension?.extendee.typeName !== message.typeName && !options.ignoreUnknownFields) {
    problems.add("unknown field");
  }
}

function checkAny(json: JsonValue, problems: ProblemList, options: CheckOptions): void {
  if (!isObject(json)) {
    problems.add("expected an object");
    return;
  }
  const { "@type": url, ...rest } = json;
  if (url === undefined && Object.keys(rest).length === 0) {
    return;
  }
  const message =
    typeof url === "string"
      ? options.registry?.getMessage(url.slice(url.lastIndexOf("/") + 1))
      : undefined;
  if (message === undefined) {
    problems.path.push("@type");
    problems.add("expected the URL of a known message");
    problems.path.pop();
  } else if (message.typeName.startsWith("google.protobuf.") && Object.hasOwn(rest, "value")) {
    problems.path.push("value");
    checkMessage(message, rest["value"] as JsonValue, problems, options);
    problems.path.pop();
  } else {
    checkMessage(message, rest, problems, options);
  }
}

function findField(message: DescMessage, name: string): DescField | undefined {
  return message.fields.find((field) => field.jsonName === name || field.name === name);
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function report(problem: string | undefined, problems: ProblemList): void {
  if (problem !== undefined) {
    problems.add(problem);
  }
}
