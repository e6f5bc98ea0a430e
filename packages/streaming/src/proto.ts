// The WebSocket in protobuf instead of JSON: `new SmartcallStreaming({ protocol: protobuf })`.
export { protobuf } from "./proto/protobuf.js";
