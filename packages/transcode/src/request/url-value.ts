import { type DescEnum, type DescField, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import type { ProblemList } from "../errors/problem-list.js";
import { checkMessage } from "../json/check-message.js";
import { checkEnum, checkScalar } from "../json/check-scalar.js";

/**
 * Turns a text of the path or the query into the JSON value of a field, or of one item when the field
 * is a list. Names of enum values are taken in any case: people type URLs.
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
    value = /^-?\d{1,10}$/.test(text) ? Number(text) : nameIn(field.enum, text);
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

/** The name as the enum spells it; the text itself when no value has that name. */
function nameIn({ values }: DescEnum, text: string): string {
  if (values.some(({ name }) => name === text)) return text;
  const lowerCase = text.toLowerCase();
  return values.find(({ name }) => name.toLowerCase() === lowerCase)?.name ?? text;
}
