import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { Carrier, LinkCodec } from "@smartcall/link";
import { serveLinkStream } from "@smartcall/link/node";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { TaskEvent_End_Reason } from "@smartcall/protocol/proto";
import { Session } from "./session.js";
import {
  createSessionSettings,
  type SessionOptions,
  type SessionSettings,
} from "./session-settings.js";

/** Who is at the other end of a new session. */
export interface SessionPeer {
  address: string;
  header(name: string): string | undefined;
}

const codec = createProtobufCodec();

/** Clients that come back after a drain are spread so that no more than these come in a second. */
const comebacksPerSecond = 5_000;

/** The realtime sessions of this gateway, whatever carries them. */
export class Sessions {
  /** The gRPC method that carries one. */
  static readonly conversePath = "/smartcall.v1.StreamingService/Converse";
  readonly #settings: SessionSettings;
  readonly #sessions = new Set<Session>();
  readonly #maxMessageBytes: number;
  /** One function for all of them. */
  readonly #onClose = (session: Session, error: SmartcallError | undefined): void => {
    this.#sessions.delete(session);
    const { address } = session;
    this.#settings.logger.debug({ address, reason: error?.reason }, "session ended");
  };
  #drain: string | undefined;

  constructor(options: SessionOptions) {
    this.#settings = createSessionSettings(options);
    this.#maxMessageBytes = options.maxMessageBytes;
  }

  /** Sessions now. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Calls that run on them. */
  get exchanges(): number {
    let sum = 0;
    for (const { exchanges } of this.#sessions) sum += exchanges;
    return sum;
  }

  /** Takes an HTTP/2 stream of {@link conversePath}. */
  takeStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const options = { maxMessageBytes: this.#maxMessageBytes };
    serveLinkStream(
      stream,
      headers,
      (carrier, peer) => this.take(carrier, codec, peer).listener,
      options,
    );
  }

  /**
   * Begins a session on a carrier.
   *
   * @throws {SmartcallError} `DRAINING` when the gateway is going away.
   */
  take(carrier: Carrier, codec: LinkCodec<ProtocolTypes>, peer: SessionPeer): Session {
    if (this.#drain !== undefined) throw new SmartcallError({ reason: "DRAINING" });
    const session = new Session({
      carrier,
      codec,
      address: peer.address,
      token: /^Bearer (.+)$/i.exec(peer.header("authorization") ?? "")?.[1] ?? "",
      settings: this.#settings,
      onClose: this.#onClose,
    });
    this.#sessions.add(session);
    return session;
  }

  /** Takes no more sessions and calls, and closes each session when its calls are done. */
  async drain(reason: string): Promise<void> {
    this.#drain = reason;
    const spreadMs = Math.max(500, (this.#sessions.size / comebacksPerSecond) * 1_000);
    await Promise.all(
      Array.from(this.#sessions, async (session) => {
        await session.drain(reason);
        session.close(goodbye(reason, spreadMs));
      }),
    );
  }

  /** Closes those that are left; their streams hear that they may be resumed elsewhere. */
  close(reason: string): void {
    const spreadMs = Math.max(500, (this.#sessions.size / comebacksPerSecond) * 1_000);
    for (const session of [...this.#sessions]) {
      session.endStreams(TaskEvent_End_Reason.DRAINING);
      session.close(goodbye(reason, spreadMs));
    }
  }
}

/** Why a session is closed, and when to come back: not all at once. */
function goodbye(message: string, spreadMs: number) {
  const retryAfterMs = 1 + Math.floor(Math.random() * spreadMs);
  return { reason: "DRAINING" as const, message, retryAfterMs };
}
