import type { Http2Stream } from "node:http2";
import { type Reason, SmartcallError } from "@smartcall/protocol";
import type { Carrier, CarrierListener } from "../types.js";
import { GrpcMessageReader, toGrpcMessage } from "./grpc-message-reader.js";

/** Who is at the other end of a stream. */
export interface CarrierPeer {
  /** `host:port` of the other side. */
  address: string;
  /** A header that the other side sent, where it has. */
  header(name: string): string | undefined;
}

/** Makes the link of a carrier, and answers who hears of the carrier from now on. */
export type CarrierConnect = (carrier: Carrier, peer: CarrierPeer) => CarrierListener;

/** Bytes queued in a stream before a link has to wait. */
const highWaterMark = 256 * 1_024;

/** How long the other side has to end a stream that this side has ended. */
const closeTimeoutMs = 1_000;

/**
 * Ends this side of a stream after what was sent has left, with trailers where there are any; at
 * once when the other side broke the rules.
 */
type FinishStream = (error: SmartcallError | undefined, isBroken: boolean) => void;

/** Carries packets as gRPC messages on an HTTP/2 stream; both ends of a call do so alike. */
export class StreamCarrier implements Carrier {
  readonly #stream: Http2Stream;
  readonly #reader: GrpcMessageReader;
  readonly #finish: FinishStream;
  #listener: CarrierListener | undefined;
  #closed = false;
  #lost = false;

  constructor(stream: Http2Stream, maxMessageBytes: number, finish: FinishStream) {
    this.#stream = stream;
    this.#finish = finish;
    this.#reader = new GrpcMessageReader(maxMessageBytes, (packet) =>
      this.#listener?.receive(packet),
    );
  }

  /** Says who hears of this carrier. */
  listen(listener: CarrierListener): void {
    this.#listener = listener;
    this.#stream.on("drain", () => listener.carrierReady());
  }

  /** Begins to hand on what arrives. */
  read(): void {
    this.#stream.on("data", (chunk: Uint8Array) => this.#take(chunk));
  }

  send(packet: Uint8Array): boolean {
    if (this.#closed || !this.#stream.writable) return false;
    return this.#stream.write(toGrpcMessage(packet)) || this.#stream.writableLength < highWaterMark;
  }

  close(reason?: Reason): void {
    this.end(reason && new SmartcallError({ reason }));
  }

  /** Ends this side, for a reason or well, and the whole stream when the other side does not follow. */
  end(error?: SmartcallError, isBroken = false): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#stream.destroyed) return;
    this.#finish(error, isBroken);
    const timer = setTimeout(() => this.#stream.destroy(), closeTimeoutMs);
    this.#stream.once("close", () => clearTimeout(timer));
    this.#stream.resume();
  }

  /** The stream has ended. */
  lose(cause?: unknown): void {
    if (this.#lost) return;
    this.#lost = true;
    const whole = cause !== undefined || this.#reader.complete;
    this.#listener?.carrierLost(
      whole
        ? cause
        : new SmartcallError({
            reason: "LINK_BROKEN",
            message: "The link ended in the middle of a packet.",
          }),
    );
    this.end();
  }

  #take(chunk: Uint8Array): void {
    if (this.#lost) return;
    try {
      this.#reader.push(chunk);
    } catch (thrown) {
      const error = SmartcallError.from(thrown);
      this.end(error, true);
      this.lose(error);
    }
  }
}
