import { type DescField, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import type { ProblemList } from "../errors/problem-list.js";
import { checkMessage } from "../json/check-message.js";
import { checkEnum, checkScalar } from "../json/check-scalar.js";

/**
 * Turns a text of the path or the query into the JSON value of a field, or of one item when the field
 * is a list.
 *
 * Answers undefined and reports to `problems`, at `place`, when the text is no such value.
 */
export function urlValue(
  field: DescField,
  text: string,
  place: readonly string[],
  problems: ProblemList,
): JsonValue | undefined {
  let problem: string | undefined;
  let value: JsonValue = text;
  if (field.message !== undefined && !isWrapperDesc(field.message)) {
    const before = problems.size;
    problems.path.push(...place);
    checkMessage(field.message, text, problems, { ignoreUnknownFields: false });
    problems.path.length = 0;
    return problems.size === before ? text : undefined;
  }
  if (field.enum !== undefined) {
    value = /^-?\d{1,10}$/.test(text) ? Number(text) : text;
    problem = checkEnum(field.enum, value);
  } else {
    const scalar = field.message?.fields[0]?.scalar ?? field.scalar;
    if (scalar === ScalarType.STRING) {
      return text;
    }
    if (scalar === ScalarType.BOOL) {
      value = text === "true" ? true : text === "false" ? false : text;
    }
    problem = scalar === undefined ? "expected no value" : checkScalar(scalar, value);
  }
  if (problem !== undefined) {
    problems.addAt(place, problem);
    return undefined;
  }
  return value;
}
