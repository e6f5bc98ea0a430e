import { createLink, type Link } from "@smartcall/link";
import { createJsonCodec, type JsonTypes } from "@smartcall/link/json";
import { dialWebSocket, subprotocols, type WebSocketConstructor } from "@smartcall/link/websocket";
import { SmartcallError } from "@smartcall/protocol/sdk";
import { cut } from "../resume/cut.js";
import { errorFromLoss } from "./error-from-loss.js";
import type { RealtimeLink, RealtimeProtocol } from "./realtime-link.js";

/** An event may hold a whole task: the gateway's tasks grow to 8 MiB by default, JSON to more. */
const maxFrameBytes = 2 ** 25;

const json: RealtimeProtocol = { name: subprotocols.json, createCodec: createJsonCodec };

/** What {@link dialRealtimeLink} takes. */
export interface RealtimeLinkOptions {
  /** `ws://…/v1/realtime`. */
  readonly url: string;
  /** JSON when absent. */
  readonly protocol: RealtimeProtocol | undefined;
  readonly token: string | undefined;
  readonly WebSocket: WebSocketConstructor;
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** How long the gateway has to say hello. */
  readonly helloTimeoutMs: number;
  /** How long the gateway may be silent. */
  readonly idleTimeoutMs: number;
}

/**
 * Dials the gateway, and answers when it has said hello.
 *
 * @throws {SmartcallError} `GATEWAY_UNREACHABLE` when nobody is there, or the reason of a refusal.
 */
export async function dialRealtimeLink(options: RealtimeLinkOptions): Promise<RealtimeLink> {
  const { url, protocol = json, token, signal, helloTimeoutMs, idleTimeoutMs } = options;
  const met = Promise.withResolvers<RealtimeLink>();
  let loss: SmartcallError | undefined;
  let link: Link<JsonTypes> | undefined;
  let silence: SmartcallError | undefined;
  const timer = setTimeout(() => {
    silence = new SmartcallError({
      reason: "GATEWAY_UNREACHABLE",
      message: `${url} said no hello.`,
    });
    met.reject(silence);
    link?.close();
  }, helloTimeoutMs);
  try {
    const codec = await protocol.createCodec();
    const dialled = dialWebSocket({
      url,
      protocols: [protocol.name],
      WebSocket: options.WebSocket,
      signal,
      connectTimeoutMs: helloTimeoutMs,
      connect: (carrier) => {
        // Nobody waits for it any more.
        if (silence) throw silence;
        const made = createLink<JsonTypes>({
          side: "dialer",
          codec,
          carrier,
          implementation: "smartcall-streaming/1",
          maxFrameBytes,
          ...(token !== undefined && { token }),
          // Held for lost after three silent intervals.
          pingIntervalMs: idleTimeoutMs < Infinity ? idleTimeoutMs / 3 : 0,
          onHello: () => met.resolve({ link: made, loss: () => loss }),
          // What runs goes on, and the gateway ends the link then; nobody waits where nothing runs.
          onDrain: () => {
            if (made.size === 0) queueMicrotask(() => made.close());
          },
          onClose: (error) => {
            loss = error && errorFromLoss(error);
            met.reject(loss ?? cut("the session was closed"));
          },
        });
        link = made;
        return made;
      },
    });
    return (await Promise.all([met.promise, dialled]))[0];
  } finally {
    met.promise.catch(() => {});
    clearTimeout(timer);
  }
}
