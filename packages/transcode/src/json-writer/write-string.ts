import { fixed, giveUp, type Write } from "./write.js";

/** What JSON.stringify would escape, and the surrogates, of which it escapes the lone ones. */
const escaped = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** Appends a string; one that needs no escape, as nearly all, is not copied. */
export function appendString(text: string, value: string): string {
  return escaped.test(value) ? text + JSON.stringify(value) : `${text}"${value}"`;
}

/** Appends the name of a member, of which `open` has the first quote, and a colon. */
export function appendKey(text: string, open: string, key: string): string {
  return `${text + open + (escaped.test(key) ? JSON.stringify(key).slice(1, -1) : key)}":`;
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
    return escaped.test(value) ? text + prefix + JSON.stringify(value) : `${text + open + value}"`;
  };
}
