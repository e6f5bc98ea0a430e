import { createLink, type Link } from "@smartcall/link";
import { createJsonCodec, type JsonTypes } from "@smartcall/link/json";
import { dialWebSocket, subprotocols, type WebSocketConstructor } from "@smartcall/link/websocket";
import { SmartcallError } from "@smartcall/protocol/sdk";
import { cut } from "../resume/cut.js";
import { errorFromLoss } from "./error-from-loss.js";
import type { RealtimeLink, RealtimeProtocol } from "./realtime-link.js";

/** An event may hold a whole task: the gateway's tasks grow to 8 MiB by default, JSON to more. */
const maxFrameBytes = 32 * 1_024 * 1_024;

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
  const { url, protocol = json, token, WebSocket, signal } = options;
  const { helloTimeoutMs, idleTimeoutMs } = options;
  const met = Promise.withResolvers<RealtimeLink>();
  let loss: SmartcallError | undefined;
  let link: Link<JsonTypes> | undefined;
  let silence: SmartcallError | undefined;
  const timer = setTimeout(() => {
    silence = new SmartcallError({
      reason: "GATEWAY_UNREACHABLE",
      message: `The gateway at ${url} said no hello within ${helloTimeoutMs} ms.`,
    });
    met.reject(silence);
    link?.close();
  }, helloTimeoutMs);
  try {
    const dialled = dialWebSocket({
      url,
      protocols: [protocol.name],
      WebSocket,
      signal,
      connectTimeoutMs: helloTimeoutMs,
      connect: (carrier) => {
        // Nobody waits for it any more.
        if (silence) throw silence;
        const made = createLink<JsonTypes>({
          side: "dialer",
          codec: protocol.createCodec(),
          carrier,
          implementation: "smartcall-streaming/1",
          maxFrameBytes,
          ...(token === undefined ? {} : { token }),
          // Held for lost after three silent intervals.
          pingIntervalMs: Number.isFinite(idleTimeoutMs) ? idleTimeoutMs / 3 : 0,
          onHello: () => met.resolve({ link: made, loss: () => loss }),
          // What runs goes on; the link is of no use after that.
          onDrain: () => closeWhenDone(made),
          onClose: (error) => {
            loss = error && errorFromLoss(error);
            met.reject(loss ?? cut("the session was closed"));
          },
        });
        link = made;
        return made;
      },
    });
    const [dialledLink] = await Promise.all([met.promise, dialled]);
    return dialledLink;
  } finally {
    met.promise.catch(() => {});
    clearTimeout(timer);
  }
}

/** The gateway ends a link that it drains; one that nothing runs on needs no waiting. */
function closeWhenDone(link: Link<JsonTypes>): void {
  if (link.size === 0) queueMicrotask(() => link.close());
}
