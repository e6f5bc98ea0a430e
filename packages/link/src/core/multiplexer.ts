import { reasonSentence } from "@smartcall/protocol";
import { type Reason, SmartcallError } from "@smartcall/protocol/sdk";
import type {
  Cancellation,
  Closing,
  Frame,
  Hello,
  IncomingHandlers,
  Link,
  LinkTypes,
  Outcome,
  OutgoingExchange,
  OutgoingHandlers,
} from "../types.js";
import { Drain } from "./drain.js";
import { type ExchangeHost, handlerFailure } from "./exchange-host.js";
import { Incoming } from "./incoming.js";
import { IncomingTable } from "./incoming-table.js";
import { defaultMaxFrameBytes, type ResolvedLinkOptions } from "./link-options.js";
import { Liveness } from "./liveness.js";
import { Outbox } from "./outbox.js";
import { broken, lostOutcome, refusal } from "./outcomes.js";
import { Outgoing } from "./outgoing.js";
import { OutgoingTable } from "./outgoing-table.js";
import { assertSize, type SendLane } from "./send-lane.js";

/** The link: tables of exchanges, and the rules of the frames that concern them all. */
export class Multiplexer<T extends LinkTypes> implements Link<T>, ExchangeHost<T> {
  readonly #options: ResolvedLinkOptions<T>;
  readonly #outbox: Outbox;
  readonly #liveness: Liveness;
  readonly #outgoing: OutgoingTable<T>;
  readonly #incoming: IncomingTable<T>;
  readonly #drain = new Drain();
  #peer: Hello | undefined;
  #peerDrains = false;
  #ended = false;

  /** `lastId` is the highest id of an exchange: they are 32 bits wide and never used twice. */
  constructor(options: ResolvedLinkOptions<T>, lastId = 0xffff_ffff) {
    this.#options = options;
    const isDialer = options.side === "dialer";
    this.#outgoing = new OutgoingTable(isDialer ? 1 : 2, lastId);
    this.#incoming = new IncomingTable(isDialer ? 2 : 1);
    this.#outbox = new Outbox(options, this);
    const { implementation, windowBytes, maxFrameBytes, token, instanceId } = options;
    this.#urgent({
      kind: "hello",
      hello: { version: 1, implementation, windowBytes, maxFrameBytes, token, instanceId },
    });
    this.#liveness = new Liveness(options, this);
  }

  get size(): number {
    return this.#outgoing.size + this.#incoming.size;
  }

  get usable(): boolean {
    return !this.#ended && !this.#peerDrains;
  }

  open(
    open: T["open"],
    handlers: OutgoingHandlers<T>,
    options?: { halfClose?: boolean },
  ): OutgoingExchange<T> {
    const id = this.#outgoing.nextId;
    const halfClose = options?.halfClose ?? false;
    const exchange = new Outgoing<T>({
      id,
      host: this,
      handlers,
      windowBytes: this.#options.windowBytes,
      limits: this.#peer,
    });
    if (!this.usable) {
      exchange.refuse(refusal(this.#ended ? "AGENT_UNAVAILABLE" : "DRAINING"));
      // Not by the schedule, which runs one function for all it was given in a turn.
      queueMicrotask(() => exchange.conclude());
      return exchange;
    }
    const frame = this.#encodeWhole({ kind: "open", exchange: id, open, halfClose });
    this.#outgoing.add(exchange);
    exchange.begin(frame, halfClose);
    if (this.#outgoing.wornOut) this.#wearOut();
    return exchange;
  }

  control(control: T["control"]): void {
    if (!this.#ended) this.#outbox.urgent(this.#encodeWhole({ kind: "control", control }));
  }

  receive(packet: Uint8Array | string): void {
    if (this.#ended) return;
    this.#liveness.heard();
    try {
      for (const { frame, bytes } of this.#options.codec.unpack(packet)) {
        this.#dispatch(frame, bytes);
        if (this.#ended) return;
      }
    } catch (thrown) {
      const error = this.#publish(thrown);
      this.#urgent({ kind: "closing", reason: error.reason, message: error.message });
      this.#end(error, lostOutcome(error.reason, error.message), error.reason);
    }
  }

  carrierReady(): void {
    if (!this.#ended) this.#outbox.unblock();
  }

  carrierLost(cause?: unknown): void {
    const message = cause instanceof Error ? cause.message : "The link was lost.";
    const error = new SmartcallError({ reason: "INSTANCE_LOST", message, cause });
    this.#outbox.abandon();
    this.#end(cause instanceof SmartcallError ? cause : error, lostOutcome(error.reason, message));
  }

  drain(reason: string): Promise<void> {
    if (!this.#ended && !this.#drain.begun) {
      this.#urgent({ kind: "drain", reason });
      // What the other side opened before it heard of the drain comes before its pong.
      this.#drain.begin(this.#liveness.ping());
    }
    return this.#drain.promise;
  }

  close(why?: Closing): void {
    if (this.#ended) return;
    const sentence = why ? reasonSentence(why.reason) : "The link was closed.";
    const message = why?.message ?? sentence;
    this.#outgoing.refuseUnsent("AGENT_UNAVAILABLE");
    // What was said before the close still leaves, as far as windows and the carrier let it.
    this.#outbox.flush();
    if (why !== undefined) {
      const { reason, retryAfterMs } = why;
      this.#urgent({ kind: "closing", reason, message, retryAfterMs });
    }
    this.#end(undefined, lostOutcome(why?.reason ?? "INSTANCE_LOST", message), why?.reason);
  }

  encode(frame: Frame<T>): Uint8Array {
    return this.#options.codec.encode(frame);
  }

  wake(lane: SendLane): void {
    this.#outbox.wake(lane);
  }

  credit(exchange: number, bytes: number): void {
    this.#urgent({ kind: "credit", exchange, bytes });
  }

  sendPing(nonce: number): void {
    this.#urgent({ kind: "ping", nonce });
  }

  forget(exchange: number): void {
    (this.#outgoing.owns(exchange) ? this.#outgoing : this.#incoming).delete(exchange);
    this.#drain.settle(this.size);
  }

  handlerFailed(error: unknown): void {
    try {
      this.#options.onHandlerError?.(error);
    } catch {
      // Whoever hears of errors has nobody to tell of their own.
    }
  }

  #dispatch(frame: Frame<T>, bytes: number): void {
    if ((this.#peer === undefined) !== (frame.kind === "hello")) {
      throw broken("The first frame, and no other, is a hello.");
    }
    if (bytes > this.#options.maxFrameBytes) {
      throw broken(`A frame of ${bytes} bytes, where ${this.#options.maxFrameBytes} are taken.`);
    }
    switch (frame.kind) {
      case "open":
        this.#accept(frame);
        break;
      case "event":
        assertRight(this.#outgoing.find(frame.exchange)?.event(frame.event, bytes));
        break;
      case "close":
        assertRight(this.#outgoing.find(frame.exchange)?.closed(frame.outcome, frame.events));
        break;
      case "message":
        assertRight(this.#incoming.find(frame.exchange)?.message(frame.message, bytes));
        break;
      case "halfClose":
        assertRight(this.#incoming.find(frame.exchange)?.halfClosed());
        break;
      case "cancel":
        this.#incoming.find(frame.exchange)?.canceled(frame.cancellation);
        break;
      case "credit":
        if (this.#outgoing.owns(frame.exchange))
          this.#outgoing.find(frame.exchange)?.granted(frame.bytes);
        else this.#incoming.find(frame.exchange)?.granted(frame.bytes);
        break;
      default:
        this.#dispatchOwn(frame);
    }
  }

  /** Takes a frame that speaks of the link as a whole. */
  #dispatchOwn(frame: Exclude<Frame<T>, { exchange: number }>): void {
    switch (frame.kind) {
      case "hello":
        this.#meet(frame.hello);
        break;
      case "control":
        this.#options.onControl?.(frame.control);
        break;
      case "drain":
        this.#stopOpening(frame.reason);
        break;
      case "closing":
        this.#end(new SmartcallError(frame), lostOutcome(frame.reason, frame.message));
        break;
      case "ping":
        this.#urgent({ kind: "pong", nonce: frame.nonce });
        break;
      case "pong":
        this.#drain.answered(frame.nonce);
        this.#drain.settle(this.size);
    }
  }

  #meet(hello: Hello): void {
    if (hello.version !== 1 || hello.windowBytes < 1) {
      throw broken(`Version ${hello.version}, a window of ${hello.windowBytes}: not understood.`);
    }
    this.#peer = { ...hello, maxFrameBytes: hello.maxFrameBytes || defaultMaxFrameBytes };
    this.#options.onHello?.(hello);
    this.#outgoing.learnLimits(this.#peer);
  }

  #accept(frame: Frame<T> & { kind: "open" }): void {
    const { exchange: id } = frame;
    this.#incoming.claim(id);
    const { accept, windowBytes } = this.#options;
    const obstacle = this.#obstacle();
    if (accept === undefined || obstacle !== undefined) {
      // Answered without a lane, so that what is refused costs next to nothing.
      const outcome = refusal(obstacle ?? "NOT_IMPLEMENTED");
      this.#urgent({ kind: "close", exchange: id, outcome, events: 0 });
      return;
    }
    const limits = this.#peer ?? { windowBytes: 0, maxFrameBytes: defaultMaxFrameBytes };
    const exchange = new Incoming<T>({ id, host: this, windowBytes, limits });
    this.#incoming.add(exchange);
    let handlers: IncomingHandlers<T>;
    try {
      handlers = accept(exchange, frame.open);
    } catch (thrown) {
      const { reason, message } = this.#publish(thrown);
      exchange.close({ reason, message, refused: thrown instanceof SmartcallError });
      return;
    }
    exchange.handle(handlers);
    if (frame.halfClose) exchange.halfClosed();
  }

  /** Why no exchange can be taken now. */
  #obstacle(): Reason | undefined {
    if (this.#drain.begun) return "DRAINING";
    return this.#incoming.size >= this.#options.maxIncoming ? "AGENT_BUSY" : undefined;
  }

  #stopOpening(reason: string): void {
    this.#peerDrains = true;
    this.#outgoing.refuseUnsent("DRAINING");
    this.#options.onDrain?.(reason);
  }

  /** Both owners hear that they need a new link; what runs goes on. */
  #wearOut(): void {
    this.#peerDrains = true;
    this.#urgent({ kind: "drain", reason: "All ids of exchanges are used up." });
    try {
      this.#options.onDrain?.("All ids of exchanges are used up.");
    } catch (thrown) {
      this.handlerFailed(thrown);
    }
  }

  /** The other side hears `reason` from the carrier, if there is one. */
  #end(error: SmartcallError | undefined, outcome: Outcome, reason?: Reason): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#liveness.stop();
    this.#outbox.close(reason);
    this.#outgoing.refuseUnsent("AGENT_UNAVAILABLE");
    const { message } = outcome;
    const cancellation: Cancellation = { reason: "CANCELED", ...(message && { message }) };
    this.#outgoing.end(outcome);
    this.#incoming.end(cancellation);
    this.#drain.end();
    try {
      this.#options.onClose?.(error);
    } catch (thrown) {
      this.handlerFailed(thrown);
    }
  }

  /** What the other side may hear of an error: one that is no SmartcallError stays here. */
  #publish(thrown: unknown): SmartcallError {
    if (thrown instanceof SmartcallError) return thrown;
    this.handlerFailed(thrown);
    return new SmartcallError({ ...handlerFailure, cause: thrown });
  }

  #encodeWhole(frame: Frame<T>): Uint8Array {
    const bytes = this.encode(frame);
    if (this.#peer) assertSize(bytes.length, this.#peer.maxFrameBytes);
    return bytes;
  }

  #urgent(frame: Frame<T>): void {
    this.#outbox.urgent(this.encode(frame));
    // A peer that makes this side answer and never reads is not to fill its memory.
    if (this.#outbox.urgentCount > this.#options.maxIncoming + 1_024 && !this.#ended) {
      this.carrierLost(broken("The other side does not read its answers."));
    }
  }
}

/** Ends the link when an exchange says that its frame was not allowed. */
function assertRight(allowed: boolean | undefined): void {
  if (allowed === false) {
    throw broken("More than was granted, or after the end.");
  }
}
