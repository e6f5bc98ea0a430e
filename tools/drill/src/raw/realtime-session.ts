import { splitJsonPacket } from "@smartcall/link/json";
import { WebSocket } from "ws";
import type { EventJson, ReaderHandlers, StreamReader, StreamRequest } from "./stream-reader.ts";

/** Bytes that this end takes of each exchange before it grants more: as the SDKs do. */
const windowBytes = 128 * 1024;

interface FrameJson {
  readonly exchange?: number;
  readonly event?: { readonly task?: EventJson };
  readonly close?: { readonly reason?: string; readonly message?: string };
  readonly closing?: { readonly reason: string };
  readonly ping?: { readonly nonce?: number };
}

interface Exchange extends ReaderHandlers {
  owedBytes: number;
}

/** How a session reads. */
export interface RealtimeSessionOptions {
  /** Whether it grants what it has read; true when absent. */
  readonly grants?: boolean;
}

/** A WebSocket session in JSON, by hand: as small as ten thousand of them in a process must be. */
export class RealtimeSession {
  readonly opened: Promise<void>;
  /** Bytes of frames of exchanges that came, and those that were granted again. */
  receivedBytes = 0;
  readonly #socket: WebSocket;
  readonly #exchanges = new Map<number, Exchange>();
  readonly #grants: boolean;
  #lastExchange = -1;

  constructor(gatewayUrl: string, { grants = true }: RealtimeSessionOptions = {}) {
    this.#grants = grants;
    this.#socket = new WebSocket(
      `${gatewayUrl.replace(/^http/, "ws")}/v1/realtime`,
      "smartcall.v1.json",
      {
        perMessageDeflate: false,
      },
    );
    const opened = Promise.withResolvers<void>();
    this.opened = opened.promise;
    this.opened.catch(() => {});
    this.#socket.on("open", () => {
      this.#send({ hello: { version: 1, implementation: "drill/1", windowBytes } });
      opened.resolve();
    });
    let problem = "closed";
    this.#socket.on("error", (error: NodeJS.ErrnoException) => {
      problem = error.code ?? error.message;
    });
    this.#socket.on("close", (code) => {
      opened.reject(new Error(`${problem} (${code})`));
      for (const exchange of this.#exchanges.values()) exchange.onClose(`${problem} (${code})`);
      this.#exchanges.clear();
    });
    this.#socket.on("message", (packet) => this.#receive(String(packet)));
  }

  get localPort(): number | undefined {
    // `ws` has no word for it; the drills need it to find the connection in the kernel's tables.
    return (this.#socket as unknown as { _socket?: { localPort?: number } })._socket?.localPort;
  }

  /** Opens an exchange; answers its id. Before `opened` it throws. */
  open(request: object, handlers: ReaderHandlers): number {
    this.#lastExchange += 2;
    this.#exchanges.set(this.#lastExchange, { ...handlers, owedBytes: 0 });
    this.#send({ exchange: this.#lastExchange, open: { ...request, halfClose: true } });
    return this.#lastExchange;
  }

  /** Opens a stream of events. */
  stream(request: StreamRequest, handlers: ReaderHandlers): number {
    return this.open(
      "agent" in request ? { stream: request } : { watch: { task: request.watch } },
      handlers,
    );
  }

  /** Gives an exchange up. */
  cancel(exchange: number): void {
    this.#send({ exchange, cancel: { reason: "CANCELED" } });
  }

  pause(): void {
    this.#socket.pause();
  }

  /** Closes the connection without a word. */
  leave(): void {
    this.#socket.terminate();
  }

  #send(frame: object): void {
    this.#socket.send(JSON.stringify({ frames: [frame] }));
  }

  #receive(packet: string): void {
    for (const { text, bytes } of splitJsonPacket(packet)) {
      const frame = JSON.parse(text) as FrameJson;
      if (frame.ping) this.#send({ pong: frame.ping });
      const id = frame.exchange ?? 0;
      const exchange = this.#exchanges.get(id);
      if (exchange === undefined) continue;
      if (frame.event) {
        this.receivedBytes += bytes;
        exchange.owedBytes += bytes;
        if (this.#grants && exchange.owedBytes > windowBytes / 2) {
          this.#send({ exchange: id, credit: { bytes: exchange.owedBytes } });
          exchange.owedBytes = 0;
        }
        if (frame.event.task) exchange.onEvent(frame.event.task);
      } else if (frame.close) {
        this.#exchanges.delete(id);
        exchange.onClose(frame.close.reason);
      }
    }
  }
}

/** Opens a stream of events on a session of its own. */
export function openRealtime(
  gatewayUrl: string,
  request: StreamRequest,
  handlers: ReaderHandlers,
  options?: RealtimeSessionOptions,
): StreamReader & { readonly session: RealtimeSession } {
  const session = new RealtimeSession(gatewayUrl, options);
  session.opened.then(
    () => session.stream(request, handlers),
    (error: Error) => handlers.onClose(error.message),
  );
  return {
    session,
    get localPort() {
      return session.localPort;
    },
    pause: () => session.pause(),
    leave: () => session.leave(),
  };
}
