import type { subprotocols } from "@smartcall/link/websocket";
import type { RealtimeProtocol } from "../session/realtime-link.js";

/**
 * Speaks protobuf on WebSockets: fewer bytes, and a protobuf runtime that JSON does not need. It is
 * loaded with the first connection, not with this module: to read the contract's descriptors takes
 * some 50 ms.
 */
export const protobuf: RealtimeProtocol = {
  // As a text, since a page would load what it stands beside.
  name: "smartcall.v1.proto" satisfies typeof subprotocols.protobuf,
  createCodec: async () => (await import("./create-json-view-codec.js")).createJsonViewCodec(),
};
