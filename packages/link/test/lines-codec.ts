import { SmartcallError } from "@smartcall/protocol";
import type { Frame, LinkCodec } from "../src/index.js";

/** What travels on the links of these tests. */
export interface TextTypes {
  open: string;
  message: string;
  event: string;
  control: string;
}

/** Lines of JSON: a codec that a person can read along with. */
export function createLinesCodec(): LinkCodec<TextTypes> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return {
    encode: (frame) => encoder.encode(`${JSON.stringify(frame)}\n`),
    pack: (frames) => Buffer.concat(frames),
    unpack: (packet) =>
      (typeof packet === "string" ? packet : decoder.decode(packet))
        .trimEnd()
        .split("\n")
        .map((line) => ({ frame: parse(line), bytes: encoder.encode(line).length + 1 })),
  };
}

function parse(line: string): Frame<TextTypes> {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new SmartcallError({ reason: "LINK_BROKEN", message: "No JSON.", cause });
  }
}
