import { type DescMessage, fromJson, type JsonValue, type MessageShape } from "@bufbuild/protobuf";
import { ProblemList } from "../errors/problem-list.js";
import { checkMessage } from "./check-message.js";
import { needsCheck } from "./needs-check.js";
import { parseBody } from "./parse-body.js";

const checkOptions = { ignoreUnknownFields: false };

/** How JSON is read. */
export interface JsonReaderOptions {
  /** How deep objects and arrays may be nested. Default: 64. */
  readonly maxDepth?: number;
}

/**
 * Creates what reads messages of a type from JSON as the body of a request is read: nothing is passed
 * over, given twice or rounded, and every place that is wrong is named.
 *
 * @returns a function that throws a TranscodeError of kind `invalid`.
 */
export function createJsonReader<Desc extends DescMessage>(
  desc: Desc,
  { maxDepth = 64 }: JsonReaderOptions = {},
): (json: Uint8Array) => MessageShape<Desc> {
  const isCheckedFirst = needsCheck(desc);
  const readOptions = { recursionLimit: 2 * maxDepth + 2 };
  return (json) => {
    const problems = new ProblemList();
    const value = parseBody(json, maxDepth, problems);
    if (value === undefined || problems.size > 0 || isCheckedFirst) check(value, problems);
    try {
      return fromJson(desc, value as JsonValue, readOptions);
    } catch (error) {
      check(value, problems);
      problems.add(error instanceof Error ? error.message : "cannot be read");
      problems.throwIfAny();
      throw error;
    }
  };

  function check(value: JsonValue | undefined, problems: ProblemList): void {
    if (value !== undefined) checkMessage(desc, value, problems, checkOptions);
    problems.throwIfAny();
  }
}
