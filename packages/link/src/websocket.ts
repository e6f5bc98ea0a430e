export {
  createWebSocketCarrier,
  type WebSocketCarrier,
  type WebSocketCarrierOptions,
} from "./websocket/create-web-socket-carrier.js";
export { type DialWebSocketOptions, dialWebSocket } from "./websocket/dial-web-socket.js";
export { errorFromClose } from "./websocket/error-from-close.js";
export { subprotocols } from "./websocket/subprotocols.js";
export type { WebSocketConstructor, WebSocketLike } from "./websocket/web-socket-like.js";
