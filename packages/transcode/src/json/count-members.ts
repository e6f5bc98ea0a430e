import type { JsonValue } from "@bufbuild/protobuf";

const quote = 0x22;
const backslash = 0x5c;

/** What `countMembers` answers in place of a count. */
export const tooDeep = -1;
export const hasEscapedName = -2;

/**
 * Counts the members of all objects in a JSON text, without parsing it: the colons outside strings.
 *
 * Answers `tooDeep` as soon as the nesting goes deeper than `maxDepth`, and `hasEscapedName` when a
 * name holds an escape, which V8's JSON.parse may read as another name
 * (https://github.com/nodejs/node/issues/63785). Of a text that is no JSON the count says nothing.
 */
export function countMembers(bytes: Uint8Array, maxDepth: number): number {
  const { length } = bytes;
  let members = 0;
  let depth = 0;
  let open = 0;
  let close = 0;
  let escaped = false;
  for (let at = 0; at < length; at++) {
    switch (bytes[at]) {
      case quote:
        open = at + 1;
        close = findClosingQuote(bytes, open);
        at = close;
        break;
      case 0x3a: // :
        members++;
        escaped ||= holdsBackslash(bytes, open, close);
        break;
      case 0x7b: // {
      case 0x5b: // [
        if (++depth > maxDepth) {
          return tooDeep;
        }
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth--;
        break;
    }
  }
  return escaped ? hasEscapedName : members;
}

function holdsBackslash(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 64) {
    return bytes.subarray(from, to).includes(backslash);
  }
  for (let at = from; at < to; at++) {
    if (bytes[at] === backslash) {
      return true;
    }
  }
  return false;
}

/** Short strings are walked through, long ones left to the native search. */
function findClosingQuote(bytes: Uint8Array, from: number): number {
  const near = Math.min(from + 24, bytes.length);
  for (let at = from; at < near; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      return at;
    }
    if (byte === backslash) {
      at++;
      if (at >= near) {
        return findFarQuote(bytes, at + 1);
      }
    }
  }
  return findFarQuote(bytes, near);
}

/** `from` is never inside an escape. */
function findFarQuote(bytes: Uint8Array, from: number): number {
  let at = from;
  while (true) {
    at = bytes.indexOf(quote, at);
    if (at < 0) {
      return bytes.length;
    }
    let before = at - 1;
    while (before >= from && bytes[before] === backslash) {
      before--;
    }
    if ((at - before) % 2 === 1) {
      return at;
    }
    at++;
  }
}

/**
 * Counts the members of all objects in a parsed value.
 *
 * Fewer than in its text means that a name was given twice. Answers -1 when a member is called
 * `__proto__` or a number is too large to be finite.
 */
export function countKeys(value: JsonValue): number {
  if (typeof value === "number") {
    return Number.isFinite(value) ? 0 : -1;
  }
  if (typeof value !== "object" || value === null) {
    return 0;
  }
  let keys = 0;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const inner = countKeys(value[index] as JsonValue);
      if (inner < 0) {
        return -1;
      }
      keys += inner;
    }
    return keys;
  }
  for (const key in value) {
    const inner = key === "__proto__" ? -1 : countKeys(value[key] as JsonValue);
    if (inner < 0) {
      return -1;
    }
    keys += 1 + inner;
  }
  return keys;
}
