import { fixed, giveUp, type Write } from "./write.js";

/**
 * Texts without what JSON.stringify escapes, and without surrogates, of which it escapes the lone
 * ones. Asked for the whole text, as V8 is quicker at that than at looking for the first escape.
 */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** Whether a text is written as it is, between quotes. */
export function isPlain(text: string): boolean {
  return plain.test(text);
}

/** Appends a string; one that needs no escape, as nearly all, is not copied. */
export function appendString(text: string, value: string): string {
  return plain.test(value) ? `${text}"${value}"` : text + JSON.stringify(value);
}

/** Appends the name of a member, of which `open` has the first quote, and a colon. */
export function appendKey(text: string, open: string, key: string): string {
  return `${text + open + (plain.test(key) ? key : JSON.stringify(key).slice(1, -1))}":`;
}

/** Prepares to write a string after `prefix`. */
export function compileString(prefix: string): Write {
  const open = fixed(prefix, '"');
  const empty = fixed(prefix, '""');
  return (text, value) => {
    if (value === "") {
      return text + empty;
    }
    if (typeof value !== "string") {
      return giveUp();
    }
    return plain.test(value) ? `${text + open + value}"` : text + prefix + JSON.stringify(value);
  };
}
