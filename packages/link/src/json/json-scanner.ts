import { SmartcallError } from "@smartcall/protocol/sdk";

const quote = 0x22;
const backslash = 0x5c;

/**
 * Walks along a JSON text by its brackets and quotes, and leaves it to a parser what is between.
 *
 * Hops over strings, of which most of a packet consists.
 */
export class JsonScanner {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  /** @param maxDepth how deep a value may be nested that is not walked into. */
  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  /** An object: calls `member` before the value of each. */
  object(member: (key: string) => void): void {
    this.#list("{", "}", () => {
      this.#space();
      const key: unknown = this.#parse(this.#string());
      this.#expect(":");
      member(String(key));
    });
  }

  /** An array: calls `item` before each. */
  array(item: () => void): void {
    this.#list("[", "]", item);
  }

  /** The text of the object that comes next, white space around it not included. */
  nested(): string {
    this.#space();
    if (this.#text[this.#at] !== "{") throw this.broken("an object is missing");
    return this.#brackets();
  }

  /** Passes over any value, which has to be JSON. */
  value(): void {
    this.#space();
    const first = this.#text[this.#at];
    if (first === "{" || first === "[") this.#parse(this.#brackets());
    else if (first === '"') this.#parse(this.#string());
    else {
      const start = this.#at;
      while (/[-+.\w]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
      this.#parse(this.#text.slice(start, this.#at));
    }
  }

  /** Whether the value that comes next begins as `null` does. */
  isNull(): boolean {
    this.#space();
    return this.#text[this.#at] === "n";
  }

  /** The text ends here. */
  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.broken("nothing may follow");
  }

  #list(first: string, last: string, item: () => void): void {
    this.#expect(first);
    if (this.#has(last)) return;
    do item();
    while (this.#has(","));
    this.#expect(last);
  }

  #brackets(): string {
    const text = this.#text;
    const start = this.#at;
    let depth = 0;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) at = this.#closingQuote(at);
      // `{` is 0x7b, `[` 0x5b, and what closes them is two further.
      else if ((code | 0x20) === 0x7b) {
        depth += 1;
        this.#at = at;
        if (depth > this.#maxDepth) throw this.broken(`nested more than ${this.#maxDepth} deep`);
      } else if ((code | 0x20) === 0x7d) {
        depth -= 1;
        if (depth > 0) continue;
        this.#at = at + 1;
        return text.slice(start, this.#at);
      }
    }
    throw this.#cut();
  }

  #string(): string {
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== quote) throw this.broken("a string is missing");
    this.#at = this.#closingQuote(start) + 1;
    return this.#text.slice(start, this.#at);
  }

  /** Where the string ends that begins at `start`. */
  #closingQuote(start: number): number {
    const text = this.#text;
    let at = text.indexOf('"', start + 1);
    while (at !== -1 && this.#isEscaped(at)) at = text.indexOf('"', at + 1);
    if (at === -1) throw this.#cut();
    return at;
  }

  /** Whether an odd number of backslashes stands before. */
  #isEscaped(at: number): boolean {
    let before = at - 1;
    while (this.#text.charCodeAt(before) === backslash) before -= 1;
    return (at - before) % 2 === 0;
  }

  #has(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#has(character)) throw this.broken(`\`${character}\` is missing`);
  }

  #space(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      if (this.#at >= this.#text.length) throw this.#cut();
      throw notJson(`no JSON before character ${this.#at}`, cause);
    }
  }

  /** The error of a text in which that is wrong here. */
  broken(what: string): SmartcallError {
    this.#space();
    if (this.#at >= this.#text.length) return this.#cut();
    return notJson(`${what} at character ${this.#at}`);
  }

  #cut(): SmartcallError {
    return notJson(`it breaks off at character ${this.#text.length}`);
  }
}

/** The error of a packet that cannot be read. */
export function notJson(what: string, cause?: unknown): SmartcallError {
  return new SmartcallError({
    reason: "LINK_BROKEN",
    message: `A packet could not be read: ${what}.`,
    cause,
  });
}
