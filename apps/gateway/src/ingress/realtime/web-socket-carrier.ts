import type { Socket } from "node:net";
import type { CarrierListener } from "@smartcall/link";
import { type Reason, reasonInfo, SmartcallError } from "@smartcall/protocol";
import type { WebSocket } from "ws";
import { sentBytes } from "../sent-bytes.js";
import { TokenBucket } from "../token-bucket.js";
import type { MeasuredCarrier } from "./carrier-gate.js";

/** Pings of the WebSocket itself: so many at once, and so many a second. */
const pings = { burst: 50, perSecond: 10 };

/** What a {@link WebSocketCarrier} is made of. */
export interface WebSocketCarrierInit {
  webSocket: WebSocket;
  /** What the WebSocket stands on. */
  socket: Socket;
  /** Whether packets are bytes; else they are text. */
  isBinary: boolean;
  /** The other side does what it must not. */
  onBroken: (error: SmartcallError) => void;
}

/** Carries packets as the messages of a WebSocket, on the server's side. */
export class WebSocketCarrier implements MeasuredCarrier {
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #isBinary: boolean;
  readonly #onBroken: WebSocketCarrierInit["onBroken"];
  #pings: TokenBucket | undefined;
  #isLost = false;

  constructor({ webSocket, socket, isBinary, onBroken }: WebSocketCarrierInit) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#isBinary = isBinary;
    this.#onBroken = onBroken;
  }

  get sentBytes(): number {
    return sentBytes(this.#socket);
  }

  /** Begins to hand on what arrives. */
  listen(listener: CarrierListener): void {
    const lose = (cause?: unknown) => {
      if (this.#isLost) return;
      this.#isLost = true;
      listener.carrierLost(cause);
    };
    this.#webSocket.on("message", (data, isBinary) => {
      if (isBinary === this.#isBinary) listener.receive(data as Buffer);
      else this.#refuseKind(isBinary);
    });
    this.#webSocket.on("ping", (data) => this.#answerPing(data));
    this.#webSocket.on("error", lose);
    this.#webSocket.on("close", () => lose());
    // Whoever sends no more is gone, whether or not it still takes what is on its way.
    this.#socket.on("end", () => lose());
    this.#socket.on("drain", () => listener.carrierReady());
  }

  send(packet: Uint8Array): boolean {
    this.#webSocket.send(packet, { binary: this.#isBinary });
    return !this.#socket.writableNeedDrain;
  }

  close(reason?: Reason): void {
    if (reason === undefined) this.#webSocket.close(1_000);
    else this.#webSocket.close(reasonInfo(reason).closeCode, reason);
  }

  /** A pong for each ping, as long as the other side takes them. */
  #answerPing(data: Buffer): void {
    this.#pings ??= new TokenBucket(pings);
    if (!this.#pings.take()) {
      this.#onBroken(new SmartcallError({ reason: "RATE_LIMITED", message: "Too many pings." }));
    } else if (!this.#socket.writableNeedDrain) {
      this.#webSocket.pong(data, false, () => {});
    }
  }

  #refuseKind(isBinary: boolean): void {
    const [sent, wanted] = isBinary ? ["binary", "text"] : ["text", "binary"];
    const message = `The message is ${sent}; on ${this.#webSocket.protocol} it is to be ${wanted}.`;
    this.#onBroken(new SmartcallError({ reason: "LINK_BROKEN", message }));
  }
}
