import { SmartcallError } from "@smartcall/protocol";

const prefixBytes = 5;

/** Cuts a byte stream into gRPC's length-prefixed messages. */
export class GrpcMessageReader {
  readonly #maxMessageBytes: number;
  readonly #message: (message: Uint8Array) => void;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  /** Bytes that have to be there before anything can be read. */
  #needed = prefixBytes;

  constructor(maxMessageBytes: number, message: (message: Uint8Array) => void) {
    this.#maxMessageBytes = maxMessageBytes;
    this.#message = message;
  }

  /** Whether the stream may end here. */
  get complete(): boolean {
    return this.#bytes === 0;
  }

  /**
   * Takes a chunk and hands on each message that it completes.
   *
   * @throws {SmartcallError} `PAYLOAD_TOO_LARGE`, or `NOT_IMPLEMENTED` for a compressed message.
   */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    let at = 0;
    this.#needed = prefixBytes;
    while (bytes.length - at >= prefixBytes) {
      const length = this.#messageLength(bytes, at);
      if (bytes.length - at - prefixBytes < length) {
        this.#needed = prefixBytes + length;
        break;
      }
      this.#message(bytes.subarray(at + prefixBytes, at + prefixBytes + length));
      at += prefixBytes + length;
    }
    this.#chunks = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#bytes = bytes.length - at;
  }

  #messageLength(bytes: Uint8Array, at: number): number {
    if (bytes[at] !== 0) {
      throw new SmartcallError({
        reason: "NOT_IMPLEMENTED",
        message: "Compressed messages are not taken on a link.",
      });
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset + at + 1, 4);
    const length = view.getUint32(0);
    if (length <= this.#maxMessageBytes) return length;
    throw new SmartcallError({
      reason: "PAYLOAD_TOO_LARGE",
      message: `A message of ${length} bytes is larger than ${this.#maxMessageBytes}.`,
    });
  }
}

/** A message with gRPC's prefix: uncompressed, so many bytes. */
export function toGrpcMessage(message: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(prefixBytes + message.length);
  bytes[0] = 0;
  bytes.writeUInt32BE(message.length, 1);
  bytes.set(message, prefixBytes);
  return bytes;
}
