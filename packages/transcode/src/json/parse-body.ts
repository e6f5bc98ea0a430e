import type { JsonValue } from "@bufbuild/protobuf";
import type { ProblemList } from "../errors/problem-list.js";
import { countKeys, countMembers, hasEscapedName, tooDeep } from "./count-members.js";
import { readJson } from "./read-json.js";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Parses a body that is JSON in UTF-8, strictly: a name must not be given twice or be `__proto__`,
 * numbers are finite, and nothing is nested deeper than `maxDepth`.
 *
 * Answers undefined when it is no JSON or too deep. What is wrong is reported to `problems`, with the
 * place of each.
 */
export function parseBody(
  bytes: Uint8Array,
  maxDepth: number,
  problems: ProblemList,
): JsonValue | undefined {
  const members = countMembers(bytes, maxDepth);
  if (members === tooDeep) {
    problems.add(`nested deeper than ${maxDepth} levels`);
    return undefined;
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    problems.add("the body is not UTF-8");
    return undefined;
  }
  if (members === hasEscapedName) {
    return readJson(text, problems);
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return readJson(text, problems);
  }
  return countKeys(value) === members ? value : readJson(text, problems);
}
