import { TemplateError } from "./template-error.js";

/** A part of a path that captures nothing: text, `*` (one segment) or `**` (any number of them). */
export type PlainSegment =
  | {
      readonly kind: "literal";
      /** The text, percent-decoded. */
      readonly value: string;
    }
  | { readonly kind: "single" }
  | { readonly kind: "multi" };

/** A captured part of a path, such as `{name=shelves/*}`. */
export interface VariableSegment {
  readonly kind: "variable";
  /** The path of the request field that receives it, by proto names. */
  readonly fieldPath: readonly string[];
  /** What it captures; `[{ kind: "single" }]` for `{name}`. */
  readonly segments: readonly PlainSegment[];
}

export type Segment = PlainSegment | VariableSegment;

/** A parsed path template of `google.api.http`. */
export interface Template {
  /** The template as it was given. */
  readonly text: string;
  /** The segments in order; none for `/`. */
  readonly segments: readonly Segment[];
  /** The literal after the last colon, percent-decoded; undefined when there is none. */
  readonly verb: string | undefined;
}

const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const brokenEscape = /%(?![0-9A-Fa-f]{2})/;

/**
 * Parses a path template by the grammar in google/api/http.proto.
 *
 * Beyond the grammar, `/` alone is a template too: the root path.
 *
 * @throws {TemplateError} with the column at which the text stops being a template.
 */
export function parseTemplate(text: string): Template {
  if (text[0] !== "/") {
    throw new TemplateError(text, 1, "a template begins with /");
  }
  const seen = new Set<string>();
  const { end, verb } = splitVerb(text);
  const segments: Segment[] = [];
  for (let at = 1; end > 1; at++) {
    const { segment, next } = parseSegment(text, at, end, seen);
    segments.push(segment);
    if (endsOpen(segment) && next < end) {
      throw new TemplateError(text, next + 1, "** must be the last segment");
    }
    if (next === end) {
      break;
    }
    if (text[next] !== "/") {
      throw new TemplateError(text, next + 1, "expected / between segments");
    }
    at = next;
  }
  return { text, segments, verb };
}

/** Finds the colon after the last segment; a colon inside braces or an earlier segment is none. */
function splitVerb(text: string): { end: number; verb: string | undefined } {
  const colon = text.indexOf(":", Math.max(text.lastIndexOf("/"), text.lastIndexOf("}")));
  if (colon < 0) {
    return { end: text.length, verb: undefined };
  }
  const last = text.lastIndexOf(":");
  if (last === 1) {
    throw new TemplateError(text, 2, "a verb follows a segment");
  }
  return { end: last, verb: parseLiteral(text, last + 1, text.length, "a verb") };
}

function parseSegment(
  text: string,
  at: number,
  end: number,
  seen: Set<string>,
): { segment: Segment; next: number } {
  if (text[at] === "{") {
    return parseVariable(text, at, end, seen);
  }
  return parsePlain(text, at, end, /[/{}]/g);
}

function parsePlain(
  text: string,
  at: number,
  end: number,
  stop: RegExp,
): { segment: PlainSegment; next: number } {
  stop.lastIndex = at;
  const next = Math.min(stop.exec(text)?.index ?? end, end);
  const raw = text.slice(at, next);
  if (raw === "*") {
    return { segment: { kind: "single" }, next };
  }
  if (raw === "**") {
    return { segment: { kind: "multi" }, next };
  }
  return { segment: { kind: "literal", value: parseLiteral(text, at, next, "a segment") }, next };
}

function parseLiteral(text: string, at: number, end: number, what: string): string {
  const raw = text.slice(at, end);
  if (raw === "") {
    throw new TemplateError(text, at + 1, `${what} must not be empty`);
  }
  const wrong = raw.search(/[*{}=?#\s/]/);
  if (wrong >= 0) {
    throw new TemplateError(
      text,
      at + wrong + 1,
      `${JSON.stringify(raw[wrong])} cannot stand in ${what}`,
    );
  }
  const broken = raw.search(brokenEscape);
  if (broken >= 0) {
    throw new TemplateError(text, at + broken + 1, "% needs two hexadecimal digits");
  }
  try {
    return decodeURIComponent(raw);
  } catch {
    throw new TemplateError(text, at + 1, "the escapes are not UTF-8");
  }
}

function parseVariable(
  text: string,
  open: number,
  end: number,
  seen: Set<string>,
): { segment: VariableSegment; next: number } {
  const fieldPath: string[] = [];
  let at = open;
  do {
    identifier.lastIndex = at + 1;
    const name = identifier.exec(text)?.[0];
    if (name === undefined) {
      throw new TemplateError(text, at + 2, "expected the name of a field");
    }
    fieldPath.push(name);
    at += 1 + name.length;
  } while (text[at] === ".");
  const path = fieldPath.join(".");
  if (seen.has(path)) {
    throw new TemplateError(text, open + 2, `${path} is captured twice`);
  }
  seen.add(path);
  const segments: PlainSegment[] = [];
  if (text[at] === "=") {
    do {
      const { segment, next } = parsePlain(text, at + 1, end, /[/{}]/g);
      if (segments.at(-1)?.kind === "multi") {
        throw new TemplateError(text, at + 1, "** must be the last segment");
      }
      segments.push(segment);
      at = next;
    } while (text[at] === "/");
  } else {
    segments.push({ kind: "single" });
  }
  if (text[at] === "{") {
    throw new TemplateError(text, at + 1, "a variable cannot hold another one");
  }
  if (text[at] !== "}") {
    throw new TemplateError(text, at + 1, "expected }");
  }
  return { segment: { kind: "variable", fieldPath, segments }, next: at + 1 };
}

function endsOpen(segment: Segment): boolean {
  return segment.kind === "variable"
    ? segment.segments.at(-1)?.kind === "multi"
    : segment.kind === "multi";
}
