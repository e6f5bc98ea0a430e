import { BinaryReader } from "@bufbuild/protobuf/wire";
import { SmartcallError } from "@smartcall/protocol";
import type { Frame, LinkCodec } from "../types.js";
import { decodeFrame } from "./decode-frame.js";
import { encodeFrame } from "./encode-frame.js";
import { packetTag } from "./frame-fields.js";
import type { ProtocolTypes } from "./protocol-types.js";
import { readHot } from "./read-hot.js";
import { WireReader } from "./wire-reader.js";

/** The codec of the contract: packets are `smartcall.v1.LinkPacket`. */
export function createProtobufCodec(): LinkCodec<ProtocolTypes> {
  return { encode: encodeFrame, pack: concatenate, unpack };
}

/** Frames carry their tag and length already, so a packet is all of them in a row. */
function concatenate(frames: readonly Uint8Array[]): Uint8Array {
  const [first] = frames;
  if (first !== undefined && frames.length === 1) return first;
  let length = 0;
  for (const frame of frames) length += frame.length;
  const packet = new Uint8Array(length);
  let at = 0;
  for (const frame of frames) {
    packet.set(frame, at);
    at += frame.length;
  }
  return packet;
}

function unpack(packet: Uint8Array | string): { frame: Frame<ProtocolTypes>; bytes: number }[] {
  const frames: { frame: Frame<ProtocolTypes>; bytes: number }[] = [];
  if (typeof packet === "string") {
    throw new SmartcallError({
      reason: "LINK_BROKEN",
      message: "A packet is text where bytes were expected.",
    });
  }
  const hot = new WireReader(packet);
  const reader = new BinaryReader(packet);
  try {
    while (reader.pos < reader.len) {
      const start = reader.pos;
      hot.moveTo(start);
      const usual = readHot(hot, reader.len);
      if (usual !== undefined) {
        reader.pos = hot.at;
        frames.push({ frame: usual, bytes: hot.at - start });
        continue;
      }
      const tag = reader.uint32();
      if (tag !== packetTag) {
        reader.skip(tag & 7, tag >>> 3);
        continue;
      }
      const frame = decodeFrame(reader.bytes());
      if (frame !== undefined) frames.push({ frame, bytes: reader.pos - start });
    }
  } catch (cause) {
    throw new SmartcallError({
      reason: "LINK_BROKEN",
      message: "A packet could not be read.",
      cause,
    });
  }
  return frames;
}
