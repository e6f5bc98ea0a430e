const encoder = new TextEncoder();

/** What is written is handed out from pieces of memory of so many bytes. */
const slabBytes = 16 * 1_024;

/** What is longer gets memory of its own, so that it does not keep a whole slab alive. */
const maxSharedBytes = 2 * 1_024;

/** A slab that grew past this is not kept. */
const maxKeptBytes = 1_024 * 1_024;

/** Texts up to here, ids among them, are copied by hand, which is faster than a call of the encoder. */
const handCopied = 64;

const float64 = new Float64Array(1);
/** Little-endian, as protobuf and every machine that runs this are. */
const float64Bytes = new Uint8Array(float64.buffer);

/**
 * Writes protobuf into slabs, many messages to each, where the generated code's writer would make
 * several pieces of memory for each message.
 *
 * Lengths are guessed before and put right after what they measure, so nothing is measured first.
 */
export class ScratchWriter {
  #bytes = new Uint8Array(slabBytes);
  /** Where what is being written begins; all before was handed out. */
  #start = 0;
  #at = 0;

  /** Begins anew, whatever was written since the last `finish`. */
  reset(): void {
    this.#at = this.#start;
    if (this.#bytes.length > maxKeptBytes) this.#replace(slabBytes);
  }

  /** What was written, which nothing changes any more. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.#at - this.#start > maxSharedBytes) return this.#bytes.slice(this.#start, this.#at);
    const written = this.#bytes.subarray(this.#start, this.#at);
    this.#start = this.#at;
    return written;
  }

  /** An unsigned number of 32 bits, with its field's number. */
  uint32(no: number, value: number): void {
    this.#reserve(10);
    this.#varint(no << 3);
    this.#varint(value);
  }

  /** A number of 64 bits, with its field's number. */
  double(no: number, value: number): void {
    this.#reserve(18);
    this.#varint((no << 3) | 1);
    float64[0] = value;
    this.#bytes.set(float64Bytes, this.#at);
    this.#at += 8;
  }

  /** A text, with its field's number. */
  string(no: number, text: string): void {
    this.#reserve(10 + text.length * 3);
    this.#varint((no << 3) | 2);
    const start = this.#at + varintLength(text.length);
    const written = this.#copyAscii(text, start)
      ? text.length
      : encoder.encodeInto(text, this.#bytes.subarray(start)).written;
    this.#at = start + written;
    this.#measure(start, varintLength(text.length));
  }

  /** Bytes, with their field's number. */
  bytes(no: number, value: Uint8Array): void {
    this.#reserve(10 + value.length);
    this.#varint((no << 3) | 2);
    this.#varint(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  /** Begins a message, with its field's number; `end` wants what this answers. */
  begin(no: number): number {
    this.#reserve(10);
    this.#varint((no << 3) | 2);
    this.#at += 2;
    return this.#at - this.#start;
  }

  /** Ends the message that began there. */
  end(start: number): void {
    this.#reserve(5);
    this.#measure(this.#start + start, 2);
  }

  /** Puts the length of what stands from `start` on before it, where so many bytes were left. */
  #measure(start: number, left: number): void {
    const length = this.#at - start;
    const needed = varintLength(length);
    if (needed !== left) {
      this.#bytes.copyWithin(start - left + needed, start, this.#at);
    }
    this.#at = start - left;
    this.#varint(length);
    this.#at += length;
  }

  #copyAscii(text: string, start: number): boolean {
    if (text.length > handCopied) return false;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      this.#bytes[start + index] = code;
    }
    return true;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#at] = (rest & 0x7f) | 0x80;
      this.#at += 1;
      rest >>>= 7;
    }
    this.#bytes[this.#at] = rest;
    this.#at += 1;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    this.#replace(Math.max(slabBytes, (this.#at - this.#start + bytes) * 2));
  }

  /** Goes on in another slab, with what is being written. */
  #replace(length: number): void {
    const written = this.#bytes.subarray(this.#start, this.#at);
    this.#bytes = new Uint8Array(length);
    this.#bytes.set(written);
    this.#start = 0;
    this.#at = written.length;
  }
}

function varintLength(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}
