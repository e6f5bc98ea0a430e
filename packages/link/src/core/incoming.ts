import type {
  Cancellation,
  IncomingExchange,
  IncomingHandlers,
  LinkTypes,
  Outcome,
} from "../types.js";
import { type ExchangeHost, handlerFailure } from "./exchange-host.js";
import { ReceiveQueue, type Receiver } from "./receive-queue.js";
import { type LaneLimits, type LaneOwner, SendLane } from "./send-lane.js";

/** What an incoming exchange is made of. */
export interface IncomingInit<T extends LinkTypes> {
  id: number;
  host: ExchangeHost<T>;
  /** Bytes of messages that this side takes. */
  windowBytes: number;
  /** What of events the other side takes. */
  limits: LaneLimits;
}

/** The called end of an exchange. */
export class Incoming<T extends LinkTypes>
  implements IncomingExchange<T>, Receiver<T["message"]>, LaneOwner
{
  readonly id: number;
  readonly #host: ExchangeHost<T>;
  readonly #lane: SendLane;
  readonly #received: ReceiveQueue<T["message"]>;
  #handlers: IncomingHandlers<T> | undefined;
  /** Why it was given up before there was anybody to tell. */
  #untold: Cancellation | undefined;
  #events = 0;
  #ended = false;

  constructor(init: IncomingInit<T>) {
    this.id = init.id;
    this.#host = init.host;
    this.#lane = new SendLane(this, init.limits);
    this.#received = new ReceiveQueue(this, init.windowBytes);
  }

  handle(handlers: IncomingHandlers<T>): void {
    this.#handlers = handlers;
    if (this.#untold) this.#tell(this.#untold);
  }

  send(event: T["event"]): boolean {
    if (this.#ended) return false;
    const room = this.#lane.push(this.#host.encode({ kind: "event", exchange: this.id, event }));
    this.#events += 1;
    this.#host.wake(this.#lane);
    return room;
  }

  ready(): Promise<void> {
    return this.#lane.ready();
  }

  close(outcome: Outcome = {}): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#received.stop();
    this.#lane.finish(this.#encodeClose(outcome));
    this.#host.wake(this.#lane);
  }

  /** A message has come; false when the other side had no right to send it. */
  message(message: T["message"], bytes: number): boolean {
    return this.#received.accept(message, bytes);
  }

  /** The other side's half-close has come; false when it came before. */
  halfClosed(): boolean {
    return this.#received.end();
  }

  /** The other side gave up, or the link has ended. */
  canceled(cancellation: Cancellation): void {
    this.#lane.end();
    this.#host.forget(this.id);
    if (this.#ended) return;
    this.#ended = true;
    this.#received.stop();
    if (this.#handlers) this.#tell(cancellation);
    else this.#untold = cancellation;
  }

  granted(bytes: number): void {
    if (bytes === 0) {
      this.#received.starve();
      return;
    }
    this.#lane.grant(bytes);
    this.#host.wake(this.#lane);
  }

  deliver(message: T["message"], bytes: number): void | Promise<void> {
    return this.#handlers?.message?.(message, bytes);
  }

  delivered(): void {
    try {
      this.#handlers?.halfClose?.();
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error: unknown): void {
    this.#host.handlerFailed(error);
    if (this.#ended) return;
    this.close(handlerFailure);
    this.#tell(handlerFailure);
  }

  grant(bytes: number): void {
    this.#host.credit(this.id, bytes);
  }

  sentLast(): void {
    this.#lane.end();
    this.#host.forget(this.id);
  }

  starved(): void {
    this.#host.credit(this.id, 0);
  }

  #tell(cancellation: Cancellation): void {
    try {
      this.#handlers?.cancel?.(cancellation);
    } catch (error) {
      this.#host.handlerFailed(error);
    }
  }

  /** A close must leave whatever its details hold, or the other side waits for ever. */
  #encodeClose(outcome: Outcome): Uint8Array {
    const close = { kind: "close", exchange: this.id, events: this.#events } as const;
    try {
      return this.#host.encode({ ...close, outcome });
    } catch (error) {
      this.#host.handlerFailed(error);
      return this.#host.encode({ ...close, outcome: handlerFailure });
    }
  }
}
