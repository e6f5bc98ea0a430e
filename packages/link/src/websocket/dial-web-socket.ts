import { errorFromProblem, reasonCloseCode, SmartcallError } from "@smartcall/protocol/sdk";
import type { Carrier, CarrierListener } from "../types.js";
import {
  createWebSocketCarrier,
  type WebSocketCarrier,
  type WebSocketCarrierOptions,
} from "./create-web-socket-carrier.js";
import type { WebSocketConstructor, WebSocketLike } from "./web-socket-like.js";

/** Where and how a link is dialled over a WebSocket. */
export interface DialWebSocketOptions extends WebSocketCarrierOptions {
  /** `ws://host:port/v1/realtime`, or with `wss:`. */
  url: string;
  /** The subprotocols to offer, the one liked best first. */
  protocols: readonly string[];
  /** Makes the link for the subprotocol that the other side chose. */
  connect: (carrier: Carrier, protocol: string) => CarrierListener;
  /** Default: the runtime's own; Node has one from 22 on. */
  WebSocket?: WebSocketConstructor;
  /** Ends the attempt, and the link, at once. */
  signal?: AbortSignal;
  /** How long the other side has until it answers. Default: 10,000. */
  connectTimeoutMs?: number;
}

/**
 * Dials a WebSocket and carries a link on it.
 *
 * Resolves when the connection stands and `connect` has made the link, which hears as
 * `carrierLost` what becomes of it.
 *
 * @throws {SmartcallError} `GATEWAY_UNREACHABLE` when nobody answers, the reason of the HTTP status
 * where the runtime tells it, `NOT_IMPLEMENTED` when the other side takes no subprotocol that was
 * offered, `INVALID_ARGUMENT` for a URL that is none, `CANCELED` after an abort.
 */
export async function dialWebSocket(options: DialWebSocketOptions): Promise<void> {
  const { signal, url, connectTimeoutMs = 10_000 } = options;
  if (signal?.aborted) throw canceled(signal.reason);
  const socket = createSocket(options);
  await new Promise<void>((resolve, reject) => {
    let carrier: WebSocketCarrier | undefined;
    let failure: object | undefined;
    const fail = (error: SmartcallError) => {
      reject(error);
      if (carrier) carrier.abort(error);
      else socket.close();
    };
    const abort = () => fail(canceled(signal?.reason));
    const timer = setTimeout(
      () => fail(unreachable(url, `no answer within ${connectTimeoutMs} ms`)),
      connectTimeoutMs,
    );
    signal?.addEventListener("abort", abort, { once: true });
    // In the turn in which it opens: what the other side says at once may come in the next one.
    socket.addEventListener("open", () => {
      clearTimeout(timer);
      try {
        carrier = carry(socket, options);
        resolve();
      } catch (thrown) {
        reject(thrown);
        const closeCode = reasonCloseCode(SmartcallError.from(thrown).reason);
        socket.close(closeCode);
      }
    });
    socket.addEventListener("error", (event) => {
      failure = event;
    });
    socket.addEventListener("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      reject(connectError(url, failure));
    });
  });
}

function createSocket({ url, protocols, WebSocket }: DialWebSocketOptions): WebSocketLike {
  const Constructor = WebSocket ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket;
  if (Constructor === undefined) {
    throw new SmartcallError({
      reason: "NOT_IMPLEMENTED",
      message: "This runtime has no WebSocket of its own; hand one in, such as isomorphic-ws.",
    });
  }
  try {
    return new Constructor(url, [...protocols]);
  } catch (cause) {
    const message = `A WebSocket cannot be made of ${url} and ${protocols.join(", ")}.`;
    throw new SmartcallError({ reason: "INVALID_ARGUMENT", message, cause });
  }
}

function carry(socket: WebSocketLike, options: DialWebSocketOptions): WebSocketCarrier {
  if (!options.protocols.includes(socket.protocol)) {
    throw new SmartcallError({
      reason: "NOT_IMPLEMENTED",
      message: `What answers at ${options.url} speaks none of ${options.protocols.join(", ")}.`,
    });
  }
  const carrier = createWebSocketCarrier(socket, options);
  carrier.connect(options.connect(carrier, socket.protocol));
  return carrier;
}

/** Browsers do not tell why; `ws` names the status of an answer that is no WebSocket. */
function connectError(url: string, failure: object | undefined): SmartcallError {
  const { message = "", error }: { message?: unknown; error?: unknown } = failure ?? {};
  const [, status] = /server response: (4\d\d)$/.exec(String(message)) ?? [];
  if (status !== undefined) return errorFromProblem(undefined, { status: Number(status) });
  return unreachable(url, String(message) || "the connection failed", error);
}

function unreachable(url: string, text: string, cause?: unknown): SmartcallError {
  return new SmartcallError({
    reason: "GATEWAY_UNREACHABLE",
    message: `No gateway could be reached at ${url}: ${text}.`,
    cause,
  });
}

function canceled(cause: unknown): SmartcallError {
  return new SmartcallError({ reason: "CANCELED", cause });
}
