import { JsonScanner, notJson } from "./json-scanner.js";

/** One frame of a packet, not yet parsed. */
export interface JsonFrameText {
  /** Its JSON, an object as far as braces and quotes tell. */
  text: string;
  /** Its length in UTF-8, which is what it costs. */
  bytes: number;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const beyondAscii = /[^\0-\x7f]/;

/**
 * Finds the frames of a packet and what each costs, whatever white space its sender used.
 *
 * Parses nothing but what stands around the frames: what is wrong in a frame, parsing its text
 * shows. Members other than `frames` are passed over.
 *
 * @throws {SmartcallError} `LINK_BROKEN`, naming the place, when the packet is none, is not UTF-8,
 * or when a frame is nested deeper than `maxDepth`, 64 by default.
 */
export function splitJsonPacket(packet: Uint8Array | string, maxDepth = 64): JsonFrameText[] {
  const text = typeof packet === "string" ? packet : decode(packet);
  const isAscii =
    typeof packet === "string" ? !beyondAscii.test(packet) : text.length === packet.length;
  const frames: JsonFrameText[] = [];
  const scanner = new JsonScanner(text, maxDepth);
  let isFound = false;
  scanner.object((key) => {
    if (key !== "frames") return scanner.value();
    if (isFound) throw scanner.broken("`frames` is there twice");
    isFound = true;
    // Null, as for every field in proto JSON, is the field's absence.
    if (scanner.isNull()) return scanner.value();
    scanner.array(() => {
      const frame = scanner.nested();
      frames.push({ text: frame, bytes: isAscii ? frame.length : utf8Length(frame) });
    });
  });
  scanner.end();
  return frames;
}

function decode(packet: Uint8Array): string {
  try {
    return decoder.decode(packet);
  } catch (cause) {
    throw notJson("it is not UTF-8", cause);
  }
}

/** As TextEncoder counts: half a surrogate pair becomes U+FFFD, three bytes. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    length += code < 0x800 ? 1 : 2;
    if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(at + 1))) at += 1;
  }
  return length;
}

function isHighSurrogate(code: number): boolean {
  return (code & 0xfc00) === 0xd800;
}

function isLowSurrogate(code: number): boolean {
  return (code & 0xfc00) === 0xdc00;
}
