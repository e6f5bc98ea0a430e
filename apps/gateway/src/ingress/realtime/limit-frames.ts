import type { Frame, LinkCodec } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { TokenBucket } from "../token-bucket.js";

/**
 * A codec that ends the link with RATE_LIMITED when the other side sends more frames that cost it
 * nothing than the bucket allows: pings, credentials, demands for credit. All others are bounded by
 * windows, by exchanges, or by the work that they are answered with.
 */
export function limitFrames(
  codec: LinkCodec<ProtocolTypes>,
  bucket: TokenBucket,
): LinkCodec<ProtocolTypes> {
  return new LimitedCodec(codec, bucket);
}

/** A class, since every session has one. */
class LimitedCodec implements LinkCodec<ProtocolTypes> {
  readonly #codec: LinkCodec<ProtocolTypes>;
  readonly #bucket: TokenBucket;

  constructor(codec: LinkCodec<ProtocolTypes>, bucket: TokenBucket) {
    this.#codec = codec;
    this.#bucket = bucket;
  }

  encode(frame: Frame<ProtocolTypes>): Uint8Array {
    return this.#codec.encode(frame);
  }

  pack(frames: readonly Uint8Array[]): Uint8Array {
    return this.#codec.pack(frames);
  }

  *unpack(packet: Uint8Array | string): Iterable<{ frame: Frame<ProtocolTypes>; bytes: number }> {
    for (const item of this.#codec.unpack(packet)) {
      if (isFree(item.frame) && !this.#bucket.take()) {
        throw new SmartcallError({
          reason: "RATE_LIMITED",
          message: "Too many pings, credentials or demands for credit.",
        });
      }
      yield item;
    }
  }
}

function isFree(frame: Frame<ProtocolTypes>): boolean {
  switch (frame.kind) {
    case "ping":
    case "pong":
    case "drain":
    case "control":
      return true;
    case "credit":
      return frame.bytes === 0;
    default:
      return false;
  }
}
