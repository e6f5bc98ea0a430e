import type { Carrier, CarrierListener } from "@smartcall/link";
import type { Reason } from "@smartcall/protocol";
import type { SharedInterval } from "../shared-interval.js";

/** A carrier that may know how many bytes have left, of packets on their way too. */
export interface MeasuredCarrier extends Carrier {
  readonly sentBytes?: number;
}

/** What stands at a {@link CarrierGate}. */
export interface CarrierGateOptions {
  carrier: MeasuredCarrier;
  /** How long the other side may take nothing. */
  stalls: SharedInterval;
  /** The other side has taken nothing for so long. */
  onStall: () => void;
}

/**
 * Stands between a carrier and its link, and knows when the carrier is full.
 *
 * A link takes what its exchanges send for as long as their windows last, whatever the carrier says.
 * Those who wait here before they send keep no more in memory than the carrier does.
 */
export class CarrierGate implements Carrier, CarrierListener {
  /** What the other side has sent so far. */
  receivedBytes = 0;
  readonly #options: CarrierGateOptions;
  #listener: CarrierListener | undefined;
  #opening: PromiseWithResolvers<void> | undefined;
  #stopWatch: (() => void) | undefined;

  constructor(options: CarrierGateOptions) {
    this.#options = options;
  }

  /** Resolves when the carrier takes more, or has ended; undefined when it takes more now. */
  get writable(): Promise<void> | undefined {
    return this.#opening?.promise;
  }

  /** Says which link hears of the carrier. */
  listen(listener: CarrierListener): void {
    this.#listener = listener;
  }

  send(packet: Uint8Array): boolean {
    const isOpen = this.#options.carrier.send(packet);
    if (!isOpen && this.#opening === undefined) {
      this.#opening = Promise.withResolvers();
      this.#watch();
    }
    return isOpen;
  }

  close(reason?: Reason): void {
    this.#open();
    this.#options.carrier.close(reason);
  }

  receive(packet: Uint8Array | string): void {
    this.receivedBytes += packet.length;
    this.#listener?.receive(packet);
  }

  carrierReady(): void {
    this.#open();
    this.#listener?.carrierReady();
  }

  carrierLost(cause?: unknown): void {
    this.#open();
    this.#listener?.carrierLost(cause);
  }

  /** A carrier that says what has left has stalled when nothing did. */
  #watch(): void {
    const { carrier, stalls, onStall } = this.#options;
    let { sentBytes } = carrier;
    this.#stopWatch = stalls.add(() => {
      if (sentBytes === carrier.sentBytes) onStall();
      sentBytes = carrier.sentBytes;
    });
  }

  #open(): void {
    this.#stopWatch?.();
    this.#stopWatch = undefined;
    this.#opening?.resolve();
    this.#opening = undefined;
  }
}
