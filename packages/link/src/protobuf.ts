export { createProtobufCodec } from "./protobuf/create-protobuf-codec.js";
export type { ProtocolTypes } from "./protobuf/protocol-types.js";
