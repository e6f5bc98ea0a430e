import type { Frame, LinkCodec } from "../types.js";
import { fromJsonFrame } from "./from-json-frame.js";
import { joinJsonFrames } from "./join-json-frames.js";
import { notJson } from "./json-scanner.js";
import type { JsonTypes } from "./json-types.js";
import { splitJsonPacket } from "./split-json-packet.js";
import { toJsonFrame } from "./to-json-frame.js";

const encoder = new TextEncoder();

/** What a gateway takes, 64, and room for what it puts around it in an event. */
const maxDepth = 100;

/**
 * The codec of the contract in JSON: packets are the proto JSON of `smartcall.v1.LinkPacket`.
 *
 * Needs no protobuf runtime. Frames and fields of the link that it does not know are passed over;
 * what an exchange carries is handed on as it is, keys named `__proto__` excepted, which are
 * dropped.
 */
export function createJsonCodec(): LinkCodec<JsonTypes> {
  return {
    encode: (frame) => encoder.encode(JSON.stringify(toJsonFrame(frame))),
    pack: joinJsonFrames,
    unpack,
  };
}

function unpack(packet: Uint8Array | string): { frame: Frame<JsonTypes>; bytes: number }[] {
  const frames: { frame: Frame<JsonTypes>; bytes: number }[] = [];
  for (const [index, { text, bytes }] of splitJsonPacket(packet, maxDepth).entries()) {
    const path = `frames[${index}]`;
    const frame = fromJsonFrame(parse(text, path), path);
    if (frame !== undefined) frames.push({ frame, bytes });
  }
  return frames;
}

function parse(text: string, path: string): unknown {
  // Letters of a key may be written as escapes of their own.
  const isSuspect = text.includes("__proto__") || text.includes("\\u00");
  try {
    return isSuspect ? JSON.parse(text, dropPrototype) : JSON.parse(text);
  } catch (cause) {
    throw notJson(`${path} is no JSON`, cause);
  }
}

function dropPrototype(key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}
