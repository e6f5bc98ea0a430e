import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { ProblemList } from "../errors/problem-list.js";

const quote = 0x22;
const backslash = 0x5c;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Reads a JSON text as JSON.parse does, only slowly, and reports what is wrong with it: the first
 * break of RFC 8259 with its line and column, every name that is given twice or is `__proto__`, and
 * every number that is too large.
 *
 * Answers undefined when the text is no JSON. The caller bounds the nesting.
 */
export function readJson(text: string, problems: ProblemList): JsonValue | undefined {
  const start = problems.path.length;
  let at = 0;
  try {
    const value = readValue();
    skipSpace();
    if (at < text.length) {
      fail("the end of the body");
    }
    return value;
  } catch (error) {
    if (!(error instanceof SyntaxStop)) {
      throw error;
    }
    problems.path.length = start;
    problems.add(error.message);
    return undefined;
  }

  function fail(expected: string, offset = at): never {
    const before = text.slice(0, offset).split("\n");
    const found =
      offset < text.length ? JSON.stringify(String.fromCodePoint(codeAt(offset))) : "the end";
    const column = (before.at(-1)?.length ?? 0) + 1;
    throw new SyntaxStop(
      `not JSON: expected ${expected} but found ${found} at line ${before.length}, column ${column}`,
    );
  }

  function codeAt(offset: number): number {
    return text.codePointAt(offset) ?? 0;
  }

  function skipSpace(): void {
    while (at < text.length && isSpace(text.charCodeAt(at))) {
      at++;
    }
  }

  function readValue(): JsonValue {
    skipSpace();
    switch (text[at]) {
      case "{":
        return readObject();
      case "[":
        return readArray();
      case '"':
        return readString();
      case "t":
        return readWord("true", true);
      case "f":
        return readWord("false", false);
      case "n":
        return readWord("null", null);
      default:
        return readNumber();
    }
  }

  function readWord<T>(word: string, value: T): T {
    if (!text.startsWith(word, at)) {
      fail("a value");
    }
    at += word.length;
    return value;
  }

  function readNumber(): number {
    numberPattern.lastIndex = at;
    const digits = numberPattern.exec(text)?.[0] ?? fail("a value");
    at += digits.length;
    const value = Number(digits);
    if (!Number.isFinite(value)) {
      problems.add("the number is too large");
    }
    return value;
  }

  function readString(): string {
    const open = at++;
    let escaped = false;
    while (true) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        at++;
        return escaped
          ? (JSON.parse(text.slice(open, at)) as string)
          : text.slice(open + 1, at - 1);
      }
      if (code === backslash) {
        escaped = true;
        readEscape();
      } else if (code >= 0x20) {
        at++;
      } else {
        fail(at < text.length ? "an escape in place of a control character" : 'a closing "');
      }
    }
  }

  function readEscape(): void {
    escapePattern.lastIndex = at;
    at += escapePattern.exec(text)?.[0].length ?? fail("an escape such as \\n or \\u000a");
  }

  function readArray(): JsonValue[] {
    const items: JsonValue[] = [];
    at++;
    skipSpace();
    if (text[at] === "]") {
      at++;
      return items;
    }
    while (true) {
      problems.path.push(items.length);
      items.push(readValue());
      problems.path.pop();
      skipSpace();
      if (text[at] === "]") {
        at++;
        return items;
      }
      if (text[at] !== ",") {
        fail(", or ]");
      }
      at++;
    }
  }

  function readObject(): JsonObject {
    const members = new Map<string, JsonValue>();
    at++;
    skipSpace();
    if (text[at] === "}") {
      at++;
      return {};
    }
    while (true) {
      skipSpace();
      if (text[at] !== '"') {
        fail('a name in "');
      }
      const name = readString();
      skipSpace();
      if (text[at] !== ":") {
        fail(":");
      }
      at++;
      problems.path.push(name);
      if (name === "__proto__") {
        problems.add("this name is not allowed");
      } else if (members.has(name)) {
        problems.add("given more than once");
      }
      members.set(name, readValue());
      problems.path.pop();
      skipSpace();
      if (text[at] === "}") {
        at++;
        members.delete("__proto__");
        return Object.fromEntries(members);
      }
      if (text[at] !== ",") {
        fail(", or }");
      }
      at++;
    }
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

class SyntaxStop extends Error {}
