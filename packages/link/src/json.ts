export { createJsonCodec } from "./json/create-json-codec.js";
export { joinJsonFrames } from "./json/join-json-frames.js";
export type {
  JsonCancelTask,
  JsonControl,
  JsonEvent,
  JsonOpen,
  JsonRequest,
  JsonTypes,
  JsonWatchAgents,
  JsonWatchTask,
} from "./json/json-types.js";
export { type JsonFrameText, splitJsonPacket } from "./json/split-json-packet.js";
