import type { Reason } from "@smartcall/protocol";

/** What travels on a link; the contract's messages on a protobuf link, plain JSON on another. */
export interface LinkTypes {
  /** Begins an exchange. */
  open: unknown;
  /** From the side that opened to the one that was called. */
  message: unknown;
  /** From the side that was called to the one that opened. */
  event: unknown;
  /** Speaks of the link as a whole, such as the registration of agents; opaque here. */
  control: unknown;
}

/** The first thing each side says. */
export interface Hello {
  /** The protocol's version: 1. */
  version: number;
  /** Who speaks, as `name/version`. */
  implementation: string;
  /**
   * Bytes of frames that the speaker takes on each exchange before it grants more. One frame that
   * is larger may be sent while all of them are free, and counts in full.
   */
  windowBytes: number;
  /** Bytes of the largest frame that the speaker takes; 3 MiB when 0. */
  maxFrameBytes: number;
  /** The credential of the side that dialled. */
  token: string;
  /** The id that the speaker wants to be known by; empty when it does not mind. */
  instanceId: string;
}

/** How an exchange ended. */
export interface Outcome {
  /** Why it did not end well; absent when it did. */
  reason?: Reason;
  /** One sentence for people. */
  message?: string;
  /** Whether the call never began on the other side, so that another may take it. */
  refused?: boolean;
  /** Whether the link itself was lost, so that the other side's view is not known. */
  lost?: boolean;
  /** What else the other side said of the failure. */
  details?: Readonly<Record<string, unknown>>;
}

/** Why an exchange is given up. */
export interface Cancellation {
  reason: Reason;
  message?: string;
}

/** Why a link is closed; a SmartcallError is one too. */
export interface Closing {
  reason: Reason;
  /** One sentence for people; the table's when absent. */
  message?: string | undefined;
  /** How long the other side is asked to wait before it connects again; as `reason` says when absent. */
  retryAfterMs?: number | undefined;
}

/** One step of the link, or of an exchange on it. */
export type Frame<T extends LinkTypes> =
  | { kind: "hello"; hello: Hello }
  | { kind: "control"; control: T["control"] }
  | { kind: "drain"; reason: string }
  | { kind: "closing"; reason: Reason; message: string; retryAfterMs?: number | undefined }
  | { kind: "ping"; nonce: number }
  | { kind: "pong"; nonce: number }
  | { kind: "open"; exchange: number; open: T["open"]; halfClose: boolean }
  | { kind: "message"; exchange: number; message: T["message"] }
  | { kind: "event"; exchange: number; event: T["event"] }
  | { kind: "credit"; exchange: number; bytes: number }
  | { kind: "halfClose"; exchange: number }
  | { kind: "close"; exchange: number; outcome: Outcome; events: number }
  | { kind: "cancel"; exchange: number; cancellation: Cancellation };

/** Turns frames into bytes and back; the only part that knows the wire. */
export interface LinkCodec<T extends LinkTypes> {
  /** One frame as it will stand in a packet; its length is what it costs of a window. */
  encode(frame: Frame<T>): Uint8Array;
  /** Several encoded frames as one packet. */
  pack(frames: readonly Uint8Array[]): Uint8Array;
  /**
   * The frames of a packet in order, each with the length that `encode` gave it.
   *
   * Carriers of text hand a packet over as a string.
   *
   * @throws {SmartcallError} `LINK_BROKEN` when the packet is none.
   */
  unpack(packet: Uint8Array | string): Iterable<{ frame: Frame<T>; bytes: number }>;
}

/** What carries packets: a gRPC stream, a WebSocket, a pair in memory. */
export interface Carrier {
  /** Takes one packet; false when it wants no more until `link.carrierReady()`. */
  send(packet: Uint8Array): boolean;
  /**
   * Ends it, after what was sent has left; says why to the other side where it can, and there is a
   * reason. Calling it again does nothing.
   */
  close(reason?: Reason): void;
}

/** Who hears of a carrier; a {@link Link} is one. */
export interface CarrierListener {
  /** A packet has arrived. */
  receive(packet: Uint8Array | string): void;
  /** The carrier takes packets again. */
  carrierReady(): void;
  /** The carrier has ended, well or not. */
  carrierLost(cause?: unknown): void;
}

/** The calling end of an exchange. */
export interface OutgoingExchange<T extends LinkTypes> {
  readonly id: number;
  /**
   * Sends a message; false when the window is used up, `ready()` then says when it is not. It is
   * taken either way, except after the end, when it is dropped.
   *
   * @throws {SmartcallError} `PAYLOAD_TOO_LARGE` when it is larger than a frame may be.
   */
  send(message: T["message"]): boolean;
  /** Resolves when a further message may be sent, and at once when the exchange has ended. */
  ready(): Promise<void>;
  /** Says that no message follows. */
  halfClose(): void;
  /** Gives the exchange up: the other side is told, `close` follows at once with this reason. */
  cancel(cancellation: Cancellation): void;
}

/** What the calling end of an exchange hears. */
export interface OutgoingHandlers<T extends LinkTypes> {
  /**
   * Whether events that have come, and the end after them, are delivered although a promise is
   * pending; no credit is granted before it is settled. For those who keep what they take in less
   * space than a queue of events would need. Default: false.
   */
  readonly takesAhead?: boolean;
  /**
   * One event, in order. While a returned promise is pending no further event is delivered and
   * no credit is granted, so that the other side stops when its window is used up.
   */
  event(event: T["event"], bytes: number): void | Promise<void>;
  /** Once, last, after every event. */
  close(outcome: Outcome): void;
}

/** The called end of an exchange. */
export interface IncomingExchange<T extends LinkTypes> {
  readonly id: number;
  /**
   * Sends an event; false when the window is used up, `ready()` then says when it is not. It is
   * taken either way, except after the end, when it is dropped.
   *
   * @throws {SmartcallError} `PAYLOAD_TOO_LARGE` when it is larger than a frame may be.
   */
  send(event: T["event"]): boolean;
  /** Resolves when a further event may be sent, and at once when the exchange has ended. */
  ready(): Promise<void>;
  /** Ends the exchange after every event sent so far; well when `outcome` is absent. */
  close(outcome?: Outcome): void;
}

/** What the called end of an exchange hears. */
export interface IncomingHandlers<T extends LinkTypes> {
  /** One message, in order; a pending promise holds the next one back as for events. */
  message?(message: T["message"], bytes: number): void | Promise<void>;
  /** The caller sends no more. */
  halfClose?(): void;
  /** The caller gave up, or the link was lost; whatever is sent from now on is dropped. */
  cancel?(cancellation: Cancellation): void;
}

/** What a link is made of. */
export interface LinkOptions<T extends LinkTypes> {
  /** The side that dialled opens odd exchanges, the other even ones. */
  side: "dialer" | "acceptor";
  codec: LinkCodec<T>;
  carrier: Carrier;
  /** Who speaks, as `name/version`. */
  implementation: string;
  /** The credential to say hello with. Default: none. */
  token?: string;
  /** The id to say hello with. Default: none. */
  instanceId?: string;
  /**
   * Bytes taken on each exchange before more is granted: what one that is not read may cost, and what
   * one may carry in a round trip. Default: 128 KiB.
   */
  windowBytes?: number;
  /** Bytes of one packet, a single larger frame excepted. Default: 64 KiB. */
  maxPacketBytes?: number;
  /**
   * Bytes of the first packets. None is larger than all before it together, so that most of what a
   * connection carries arrives, however soon it is cut. Default: `maxPacketBytes`.
   */
  firstPacketBytes?: number;
  /** Exchanges that the other side may have open; one more is refused. Default: 65,536. */
  maxIncoming?: number;
  /** Bytes of the largest frame that is taken; the other side says its own. Default: 3 MiB. */
  maxFrameBytes?: number;
  /**
   * Takes an exchange that the other side opens; absent, each one is refused. A SmartcallError
   * thrown here refuses it with that reason.
   */
  accept?: (exchange: IncomingExchange<T>, open: T["open"]) => IncomingHandlers<T>;
  /** The other side's hello, before anything else of it; an error thrown here ends the link. */
  onHello?: (hello: Hello) => void;
  /** An error thrown here ends the link. */
  onControl?: (control: T["control"]) => void;
  /** The other side takes no new exchanges from now on. */
  onDrain?: (reason: string) => void;
  /** Once, when the link has ended: with an error unless this side closed it. */
  onClose?: (error: SmartcallErrorLike | undefined) => void;
  /** Ping after so long without a frame, hold the link lost after three times that. Default: 10 s; 0: never. */
  pingIntervalMs?: number;
  /**
   * Runs a flush soon. Default: the first one of a turn of the event loop at once, so that a frame
   * that comes alone does not wait, and one for all that follow when the turn is over.
   */
  schedule?: (flush: () => void) => void;
  /** Runs `tick` again and again until the returned function is called. Default: setInterval, unref'd. */
  setTimer?: (tick: () => void, intervalMs: number) => () => void;
  /**
   * Hears what handlers throw. Their exchange ends INTERNAL, or for a handler of the link the link
   * does, and the other side hears nothing of the error; only of a SmartcallError that `accept`,
   * `onHello`, `onControl` or `onDrain` throws it hears the reason and the message. Default: nobody.
   */
  onHandlerError?: (error: unknown) => void;
}

/** The error that ended a link. */
export type SmartcallErrorLike = Error & {
  readonly reason: Reason;
  /** How long the other side asked to wait before connecting again, where it did. */
  readonly retryAfterMs: number | undefined;
};

/** Many exchanges on one carrier. Does no I/O: feed it packets, it hands packets to its carrier. */
export interface Link<T extends LinkTypes> extends CarrierListener {
  /**
   * Begins an exchange. When the link is closed or the other side drains, `close` is called with
   * `refused` as soon as the code that opened it is done.
   *
   * @throws {SmartcallError} `PAYLOAD_TOO_LARGE` when it is larger than one frame may be.
   */
  open(
    open: T["open"],
    handlers: OutgoingHandlers<T>,
    options?: { halfClose?: boolean },
  ): OutgoingExchange<T>;
  control(control: T["control"]): void;
  /** A packet has arrived. */
  receive(packet: Uint8Array | string): void;
  /** The carrier takes packets again. */
  carrierReady(): void;
  /** The carrier has ended, well or not: every exchange ends with `lost`. */
  carrierLost(cause?: unknown): void;
  /** Tells the other side to open no more; resolves when no exchange is left on either side. */
  drain(reason: string): Promise<void>;
  /**
   * Ends the link and every exchange on it. What was said before still leaves, as far as windows
   * and the carrier let it at once; the other side hears why, if `why` says so.
   */
  close(why?: Closing): void;
  /** Exchanges open now, in both directions. */
  readonly size: number;
  /** Whether exchanges can be opened: not closed, and the other side does not drain. */
  readonly usable: boolean;
}
