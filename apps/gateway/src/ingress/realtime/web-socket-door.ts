import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { LinkCodec } from "@smartcall/link";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { type ServerOptions, WebSocketServer } from "ws";
import { endWithProblem } from "../rest/client-error.js";
import { answerProblem } from "../rest/problem.js";
import { findAmbiguity } from "../strict-http.js";
import { assertUpgrade, pathOf } from "./assert-upgrade.js";
import { createRealtimeJsonCodec } from "./json-codec.js";
import type { Sessions } from "./sessions.js";
import { WebSocketCarrier } from "./web-socket-carrier.js";

/** What a {@link WebSocketDoor} leads to. */
export interface WebSocketDoorOptions {
  sessions: Sessions;
  /** Bytes of one message that are taken. */
  maxMessageBytes: number;
  /** Origins whose pages may connect, besides the door's own. */
  origins: readonly string[];
  /** Whether the gateway takes calls. */
  isReady: () => boolean;
}

/** Options that @types/ws does not know yet. */
interface NewerServerOptions {
  /** Frames of one message. */
  maxFragments: number;
  /** Pieces of the socket's stream that one frame may come in. */
  maxBufferedChunks: number;
  /** How long the other side has to answer a close, in milliseconds. */
  closeTimeout: number;
}

/** `GET /v1/realtime`: sessions on a WebSocket. */
export class WebSocketDoor {
  static readonly path = "/v1/realtime";
  readonly #options: WebSocketDoorOptions;
  readonly #server: WebSocketServer;
  readonly #codecs: ReadonlyMap<string, { codec: LinkCodec<ProtocolTypes>; isBinary: boolean }>;

  constructor(options: WebSocketDoorOptions) {
    this.#options = options;
    this.#codecs = new Map([
      ["smartcall.v1.json", { codec: createRealtimeJsonCodec(), isBinary: false }],
      ["smartcall.v1.proto", { codec: createProtobufCodec(), isBinary: true }],
    ]);
    const serverOptions: ServerOptions & NewerServerOptions = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.maxMessageBytes,
      // Each piece of a message costs more than its bytes.
      maxFragments: 1_024,
      maxBufferedChunks: 16 * 1_024,
      autoPong: false,
      closeTimeout: 1_000,
      handleProtocols: (offered) => [...offered].find((name) => this.#codecs.has(name)) ?? false,
    };
    this.#server = new WebSocketServer(serverOptions);
    this.#server.on("wsClientError", ({ message }, socket, request) =>
      endWithProblem(
        socket as Socket,
        new SmartcallError({ reason: "INVALID_ARGUMENT", message }),
        request.url ?? "",
      ),
    );
  }

  /** Whether a request wants a WebSocket here; what else wants to be upgraded is answered as it is. */
  wants({ method, url, headers }: IncomingMessage): boolean {
    return (
      method === "GET" &&
      pathOf(url) === WebSocketDoor.path &&
      headers.upgrade?.toLowerCase() === "websocket"
    );
  }

  /** Answers a request for the path that does not ask for a WebSocket; false for other paths. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (pathOf(request.url) !== WebSocketDoor.path) return false;
    const isGet = request.method === "GET";
    const error = new SmartcallError({
      reason: isGet ? "INVALID_ARGUMENT" : "METHOD_NOT_ALLOWED",
      message: `${WebSocketDoor.path} is a WebSocket: send GET with Upgrade: websocket over HTTP/1.1.`,
      status: isGet ? 426 : undefined,
    });
    const { status, headers, body } = answerProblem(error, request.url ?? "");
    if (!isGet) headers["allow"] = "GET";
    // HTTP/2 knows no upgrade, and does not let it be named (RFC 9113, section 8.2.2).
    else if (request.httpVersionMajor === 1) {
      Object.assign(headers, { upgrade: "websocket", connection: "upgrade, close" });
    }
    const text = JSON.stringify(body);
    headers["content-length"] = String(Buffer.byteLength(text));
    response.writeHead(status, headers).end(text);
    return true;
  }

  /** Takes a connection that {@link wants} a WebSocket. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const onError = () => socket.destroy();
    socket.on("error", onError);
    try {
      const ambiguity = findAmbiguity(request);
      if (ambiguity) throw new SmartcallError({ reason: "INVALID_ARGUMENT", message: ambiguity });
      if (!this.#options.isReady()) {
        throw new SmartcallError({ reason: "DRAINING", retryAfterMs: 1_000 });
      }
      assertUpgrade(request, { origins: this.#options.origins, protocols: this.#codecs.keys() });
    } catch (thrown) {
      const error = SmartcallError.from(thrown);
      const extra: Record<string, string> =
        error.status === 426 ? { upgrade: "websocket", "sec-websocket-version": "13" } : {};
      endWithProblem(socket, error, request.url ?? "", extra);
      return;
    }
    socket.off("error", onError);
    const { remoteAddress, remotePort } = socket;
    const { authorization } = request.headers;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const spoken = this.#codecs.get(webSocket.protocol);
      if (!spoken) throw new Error(`no codec for ${webSocket.protocol}`);
      const carrier = new WebSocketCarrier({
        webSocket,
        socket,
        isBinary: spoken.isBinary,
        onBroken: (error) => session.close(error),
      });
      const session = this.#options.sessions.take(carrier, spoken.codec, {
        address: `${remoteAddress}:${remotePort}`,
        header: (name) => (name === "authorization" ? authorization : undefined),
      });
      carrier.listen(session.listener);
    });
  }
}
