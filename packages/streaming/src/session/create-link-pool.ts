import type { ResolvedOptions } from "@smartcall/client/core";
import type { WebSocketConstructor } from "@smartcall/link/websocket";
import { SmartcallError } from "@smartcall/protocol/sdk";
import { LinkPool } from "./link-pool.js";
import type { RealtimeProtocol } from "./realtime-link.js";

/** How WebSockets are made. */
export interface WebSocketOptions {
  /**
   * Makes WebSockets: the runtime's own by default, and isomorphic-ws where there is none.
   */
  WebSocket?: WebSocketConstructor;
  /** What is spoken on them: JSON by default, or `protobuf` of `@smartcall/streaming/proto`. */
  protocol?: RealtimeProtocol;
}

/** How long a gateway has to say hello, where it may not be silent for less. */
const longestHelloMs = 10_000;

/** Makes the link of a session, dialled with a fresh token each time. */
export function createLinkPool(setup: {
  options: ResolvedOptions;
  idleTimeoutMs: number;
  webSocket: WebSocketOptions;
  isHeld: boolean;
}): LinkPool {
  const { options, idleTimeoutMs, webSocket, isHeld } = setup;
  return new LinkPool(async (signal) => {
    // Half of this package is what speaks on a WebSocket: loaded by those who use one.
    const [{ dialRealtimeLink }, token, WebSocket] = await Promise.all([
      import("./dial-realtime-link.js"),
      options.readToken(),
      webSocket.WebSocket ?? findWebSocket(),
    ]);
    const settings = {
      url: `${options.url.replace(/^http/i, "ws")}/v1/realtime`,
      protocol: webSocket.protocol,
      WebSocket,
      signal,
      helloTimeoutMs: Math.min(longestHelloMs, idleTimeoutMs),
      idleTimeoutMs,
    };
    try {
      return await dialRealtimeLink({ ...settings, token });
    } catch (thrown) {
      const { status } = SmartcallError.from(thrown);
      if (status !== 401 || !options.hasFreshTokens) throw thrown;
      return dialRealtimeLink({ ...settings, token: await options.readToken(token) });
    }
  }, isHeld);
}

async function findWebSocket(): Promise<WebSocketConstructor> {
  const { WebSocket } = globalThis as { WebSocket?: WebSocketConstructor };
  return WebSocket ?? ((await import("isomorphic-ws")).default as unknown as WebSocketConstructor);
}
