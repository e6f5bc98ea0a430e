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
  return {
    encode: codec.encode,
    pack: codec.pack,
    *unpack(packet) {
      for (const item of codec.unpack(packet)) {
        if (isFree(item.frame) && !bucket.take()) {
          throw new SmartcallError({
            reason: "RATE_LIMITED",
            message: "Too many pings, credentials or demands for credit.",
          });
        }
        yield item;
      }
    },
  };
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
