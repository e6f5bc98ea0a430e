import type { ResolvedOptions } from "@smartcall/client/core";
import { createJsonCodec } from "@smartcall/link/json";
import { subprotocols, type WebSocketConstructor } from "@smartcall/link/websocket";
import { createTokenReader } from "../create-token-reader.js";
import { LinkPool } from "./link-pool.js";
import { dialRealtimeLink, type RealtimeProtocol } from "./realtime-link.js";

/** How WebSockets are made. */
export interface WebSocketOptions {
  /**
   * Makes WebSockets: the runtime's own by default, and isomorphic-ws where there is none.
   */
  WebSocket?: WebSocketConstructor;
  /** What is spoken on them: JSON by default, or `protobuf` of `@smartcall/streaming/proto`. */
  protocol?: RealtimeProtocol;
}

const json: RealtimeProtocol = { name: subprotocols.json, createCodec: createJsonCodec };

/** How long a gateway has to say hello. */
const helloTimeoutMs = 10_000;

/** Makes the link of a session, dialled with a fresh token each time. */
export function createLinkPool(setup: {
  options: ResolvedOptions;
  idleTimeoutMs: number;
  webSocket: WebSocketOptions;
  isHeld: boolean;
}): LinkPool {
  const { options, idleTimeoutMs, webSocket, isHeld } = setup;
  const { protocol = json } = webSocket;
  const readToken = createTokenReader(options);
  return new LinkPool(async (signal) => {
    const [token, WebSocket] = await Promise.all([
      readToken(),
      webSocket.WebSocket ?? findWebSocket(),
    ]);
    const url = `${options.url.replace(/^http/i, "ws")}/v1/realtime`;
    const limits = { helloTimeoutMs, idleTimeoutMs };
    return dialRealtimeLink({ url, protocol, token, WebSocket, signal, ...limits });
  }, isHeld);
}

async function findWebSocket(): Promise<WebSocketConstructor> {
  const { WebSocket } = globalThis as { WebSocket?: WebSocketConstructor };
  if (WebSocket !== undefined) return WebSocket;
  const { default: isomorphic } = await import("isomorphic-ws");
  return isomorphic as unknown as WebSocketConstructor;
}
