/** What the generated code reads texts with: broken UTF-8 is refused, a byte-order mark is text. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Texts no longer than this are put together by hand, which is faster than a call of the decoder. */
const handCopied = 40;

/** The bits of a number's fifth byte that are beyond 32. */
const beyond32 = 0xf0;

/**
 * Reads protobuf where it lies, without a view or an object for what it passes through.
 *
 * Knows only what is frequent. Whatever else comes makes the reader `odd`, and from there on every
 * answer means nothing: the generated code then reads all of it, or says what is wrong with it.
 */
export class WireReader {
  /** Whether something came that is left to the generated code. */
  odd = false;
  /** The place of the next byte. */
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Goes on from another place. */
  moveTo(at: number): void {
    this.at = at;
    this.odd = false;
  }

  /** The tag of the next field before `end`, of those whose tag is one byte; 0 when there is none. */
  tag(end: number): number {
    if (this.odd || this.at === end) return 0;
    const tag = this.#byte();
    if (tag === 0 || tag > 0x7f || this.at > end) return this.giveUp(0);
    return tag;
  }

  /** An unsigned number of 32 bits. */
  uint32(): number {
    let byte = this.#byte();
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = this.#byte();
      if (shift === 28 && (byte & beyond32) !== 0) return this.giveUp(0);
      value += (byte & 0x7f) * 2 ** shift;
    }
    return value;
  }

  /** A number of 64 bits; those that JSON has not are odd. */
  double(): number {
    const start = this.at;
    this.at += 8;
    if (this.at > this.#bytes.length) return this.giveUp(0);
    const value = this.#view.getFloat64(start, true);
    return Number.isFinite(value) ? value : this.giveUp(0);
  }

  /** A text. */
  string(): string {
    const end = this.end();
    const start = this.at;
    if (this.odd) return "";
    this.at = end;
    if (end - start <= handCopied) {
      const text = this.#ascii(start, end);
      if (text !== undefined) return text;
    }
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  /** Where the message ends that begins here. */
  end(): number {
    const length = this.uint32();
    const end = this.at + length;
    return end > this.#bytes.length ? this.giveUp(this.at) : end;
  }

  /** Makes it odd, and answers what is given. */
  giveUp<T>(value: T): T {
    this.odd = true;
    return value;
  }

  #ascii(start: number, end: number): string | undefined {
    const codes = new Array<number>(end - start);
    for (let at = start; at < end; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (byte > 0x7f) return undefined;
      codes[at - start] = byte;
    }
    return String.fromCharCode.apply(undefined, codes);
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    this.at += 1;
    return byte ?? this.giveUp(0);
  }
}
