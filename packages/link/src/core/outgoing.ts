import { SmartcallError } from "@smartcall/protocol/sdk";
import type {
  Cancellation,
  LinkTypes,
  Outcome,
  OutgoingExchange,
  OutgoingHandlers,
} from "../types.js";
import { type ExchangeHost, handlerFailure } from "./exchange-host.js";
import { ReceiveQueue, type Receiver } from "./receive-queue.js";
import { type LaneLimits, type LaneOwner, SendLane } from "./send-lane.js";

/** What an outgoing exchange is made of. */
export interface OutgoingInit<T extends LinkTypes> {
  id: number;
  host: ExchangeHost<T>;
  handlers: OutgoingHandlers<T>;
  /** Bytes of events that this side takes. */
  windowBytes: number;
  /** What of messages the other side takes; undefined before its hello. */
  limits: LaneLimits | undefined;
}

/** The calling end of an exchange. */
export class Outgoing<T extends LinkTypes>
  implements OutgoingExchange<T>, Receiver<T["event"]>, LaneOwner
{
  readonly id: number;
  readonly #host: ExchangeHost<T>;
  readonly #handlers: OutgoingHandlers<T>;
  readonly #lane: SendLane;
  readonly #received: ReceiveQueue<T["event"]>;
  /** How it ends once everything received is delivered. */
  #outcome: Outcome | undefined;
  #halfClosed = false;
  #ended = false;

  constructor(init: OutgoingInit<T>) {
    this.id = init.id;
    this.#host = init.host;
    this.#handlers = init.handlers;
    this.#lane = new SendLane(this, init.limits);
    this.#received = new ReceiveQueue(this, init.windowBytes);
  }

  get takesAhead(): boolean {
    return this.#handlers.takesAhead === true;
  }

  /** Whether the other side may know of it. */
  get begun(): boolean {
    return this.#lane.begun;
  }

  begin(frame: Uint8Array, halfClose: boolean): void {
    this.#halfClosed = halfClose;
    this.#lane.begin(frame);
    this.#host.wake(this.#lane);
  }

  /** Ends it before it began; `conclude` then tells. */
  refuse(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#lane.end();
  }

  /** Tells of a refusal. */
  conclude(): void {
    this.#received.end();
  }

  send(message: T["message"]): boolean {
    if (this.#isDeaf || this.#halfClosed) return false;
    const room = this.#lane.push(
      this.#host.encode({ kind: "message", exchange: this.id, message }),
    );
    this.#host.wake(this.#lane);
    return room;
  }

  ready(): Promise<void> {
    return this.#lane.ready();
  }

  halfClose(): void {
    if (this.#isDeaf || this.#halfClosed) return;
    this.#halfClosed = true;
    this.#lane.finish(this.#host.encode({ kind: "halfClose", exchange: this.id }));
    this.#host.wake(this.#lane);
  }

  cancel(cancellation: Cancellation): void {
    if (this.#ended) return;
    const tell = this.#lane.begun && this.#outcome === undefined;
    this.#lane.end();
    if (tell) {
      this.#lane.finish(this.#host.encode({ kind: "cancel", exchange: this.id, cancellation }));
      this.#host.wake(this.#lane);
    }
    this.#received.stop();
    this.#finish({ ...cancellation });
  }

  /** An event has come; false when the other side had no right to send it. */
  event(event: T["event"], bytes: number): boolean {
    return this.#received.accept(event, bytes);
  }

  /** The other side's close has come; false when it came before. */
  closed(outcome: Outcome, events: number): boolean {
    if (this.#outcome !== undefined) return false;
    const { count } = this.#received;
    return this.#endWith(
      count === events
        ? outcome
        : { reason: "DATA_LOSS", message: `${events} events were sent and ${count} arrived.` },
    );
  }

  /** The link has ended, or the exchange was refused; what has arrived is still delivered. */
  lost(outcome: Outcome): void {
    if (this.#outcome === undefined) this.#endWith(outcome);
  }

  granted(bytes: number): void {
    if (bytes === 0) {
      this.#received.starve();
      return;
    }
    this.#lane.grant(bytes);
    this.#host.wake(this.#lane);
  }

  learnLimits(limits: LaneLimits): void {
    try {
      this.#lane.learnLimits(limits);
      this.#host.wake(this.#lane);
    } catch (error) {
      const { reason, message } = SmartcallError.from(error);
      this.cancel({ reason, message });
    }
  }

  deliver(event: T["event"], bytes: number): void | Promise<void> {
    return this.#handlers.event(event, bytes);
  }

  delivered(): void {
    this.#finish(this.#outcome ?? {});
  }

  failed(error: unknown): void {
    this.#host.handlerFailed(error);
    this.cancel(handlerFailure);
  }

  grant(bytes: number): void {
    this.#host.credit(this.id, bytes);
  }

  sentLast(): void {}

  starved(): void {
    this.#host.credit(this.id, 0);
  }

  /** Whether the other side no longer listens. */
  get #isDeaf(): boolean {
    return this.#ended || this.#outcome !== undefined;
  }

  #endWith(outcome: Outcome): boolean {
    this.#outcome = outcome;
    this.#lane.end();
    return this.#received.end();
  }

  #finish(outcome: Outcome): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#host.forget(this.id);
    try {
      this.#handlers.close(outcome);
    } catch (error) {
      this.#host.handlerFailed(error);
    }
  }
}
