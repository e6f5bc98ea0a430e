import { type Reason, reasonCloseCode, type SmartcallError } from "@smartcall/protocol/sdk";
import { setUnrefInterval } from "../core/platform.js";
import type { Carrier, CarrierListener } from "../types.js";
import { errorFromClose } from "./error-from-close.js";
import { subprotocols } from "./subprotocols.js";
import type { WebSocketLike } from "./web-socket-like.js";

/** Carries packets as the messages of a WebSocket. */
export interface WebSocketCarrier extends Carrier {
  /** Says who hears of it, its link; to be called before anything can arrive. */
  connect(listener: CarrierListener): void;
  /** Ends it at once; its listener hears why. */
  abort(error: SmartcallError): void;
}

/** How a WebSocket carries packets. */
export interface WebSocketCarrierOptions {
  /** Bytes that wait in the socket before `send` answers false. Default: 1 MiB. */
  maxBufferedBytes?: number;
  /** How long the other side has to answer a close, where the socket can be ended without. Default: 1,000. */
  closeTimeoutMs?: number;
  /** Runs `tick` again and again until the returned function is called. Default: setInterval, unref'd. */
  setTimer?: (tick: () => void, intervalMs: number) => () => void;
}

const open = 1;
const closed = 3;

/** WebSockets do not say when they have room, so a full one is asked, this often. */
const pollMs = 10;

/**
 * Makes a carrier of an open WebSocket, at either end: as text when `smartcall.v1.json` was agreed
 * on, else as bytes.
 *
 * A close carries the code of its reason, and the reason's name as its text; what the other side's
 * code says is the cause that `carrierLost` gets, a SmartcallError.
 */
export function createWebSocketCarrier(
  socket: WebSocketLike,
  options: WebSocketCarrierOptions = {},
): WebSocketCarrier {
  return new SocketCarrier(socket, options);
}

class SocketCarrier implements WebSocketCarrier {
  readonly #socket: WebSocketLike;
  readonly #maxBufferedBytes: number;
  readonly #closeTimeoutMs: number;
  readonly #setTimer: (tick: () => void, intervalMs: number) => () => void;
  readonly #decoder: InstanceType<typeof TextDecoder> | undefined;
  #listener: CarrierListener | undefined;
  #stopWaiting: (() => void) | undefined;
  #stopClosing: (() => void) | undefined;
  #closed = false;
  #lost = false;

  constructor(socket: WebSocketLike, options: WebSocketCarrierOptions) {
    this.#socket = socket;
    this.#maxBufferedBytes = options.maxBufferedBytes ?? 1_024 * 1_024;
    this.#closeTimeoutMs = options.closeTimeoutMs ?? 1_000;
    this.#setTimer = options.setTimer ?? setUnrefInterval;
    const isText = socket.protocol === subprotocols.json;
    this.#decoder = isText ? new TextDecoder() : undefined;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => this.#receive(data));
    // What went wrong comes as a close, too; `ws` would throw an error that nobody hears.
    socket.addEventListener("error", () => {});
    socket.addEventListener("close", (event) => {
      this.#stopClosing?.();
      this.#lose(errorFromClose(event));
    });
  }

  connect(listener: CarrierListener): void {
    this.#listener = listener;
  }

  send(packet: Uint8Array): boolean {
    const socket = this.#socket;
    if (this.#closed || this.#lost || socket.readyState !== open) return false;
    socket.send(this.#decoder?.decode(packet) ?? (packet as Uint8Array<ArrayBuffer>));
    if (socket.bufferedAmount < this.#maxBufferedBytes) return true;
    this.#stopWaiting ??= this.#setTimer(() => this.#check(), pollMs);
    return false;
  }

  close(reason?: Reason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWaiting?.();
    if (reason === undefined) this.#socket.close(1_000);
    else this.#socket.close(reasonCloseCode(reason), reason);
    if (this.#socket.readyState === closed || this.#socket.terminate === undefined) return;
    this.#stopClosing = this.#setTimer(() => {
      this.#stopClosing?.();
      this.#socket.terminate?.();
    }, this.#closeTimeoutMs);
  }

  abort(error: SmartcallError): void {
    this.#lose(error);
    this.close();
  }

  #receive(data: unknown): void {
    if (this.#lost) return;
    if (typeof data === "string") this.#listener?.receive(data);
    // By its `binaryType` an ArrayBuffer, but perhaps not of this realm.
    else this.#listener?.receive(new Uint8Array(data as ArrayBuffer));
  }

  #check(): void {
    if (this.#socket.bufferedAmount >= this.#maxBufferedBytes) return;
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#listener?.carrierReady();
  }

  #lose(cause: SmartcallError): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#stopWaiting?.();
    this.#listener?.carrierLost(cause);
  }
}
