import { createSchedule } from "../core/platform.js";
import { Queue } from "../core/queue.js";
import type { Carrier, CarrierListener } from "../types.js";

/** One end of a pair of carriers in memory. */
export interface MemoryCarrier extends Carrier {
  /** Says who hears of this end: its link. Packets wait until then. */
  connect(listener: CarrierListener): void;
  /** Cuts both directions at once; packets under way are lost. */
  cut(cause?: unknown): void;
}

/** What a pair of carriers in memory is made of. */
export interface MemoryCarriersOptions {
  /** Runs each delivery; a test hands in its own to choose the order. Default: setImmediate, else a macrotask. */
  schedule?: (step: () => void) => void;
  /** Bytes under way in one direction before `send` answers false. Default: 1 MiB. */
  capacityBytes?: number;
}

/** Makes two carriers, each of which brings its packets to the other, in order. */
export function createMemoryCarriers(
  options: MemoryCarriersOptions = {},
): [MemoryCarrier, MemoryCarrier] {
  const schedule = options.schedule ?? createSchedule();
  const capacityBytes = options.capacityBytes ?? 1_024 * 1_024;
  const left = new MemoryEnd(schedule, capacityBytes);
  const right = new MemoryEnd(schedule, capacityBytes);
  left.join(right);
  right.join(left);
  return [left, right];
}

class MemoryEnd implements MemoryCarrier {
  readonly #schedule: (step: () => void) => void;
  readonly #capacityBytes: number;
  readonly #underWay = new Queue<Uint8Array>();
  #bytes = 0;
  #blocked = false;
  #closed = false;
  #cut = false;
  #peer: MemoryEnd | undefined;
  listener: CarrierListener | undefined;

  constructor(schedule: (step: () => void) => void, capacityBytes: number) {
    this.#schedule = schedule;
    this.#capacityBytes = capacityBytes;
  }

  join(peer: MemoryEnd): void {
    this.#peer = peer;
  }

  connect(listener: CarrierListener): void {
    this.listener = listener;
    const peer = this.#peer;
    for (let index = peer?.backlog ?? 0; index > 0; index -= 1) this.#schedule(() => peer?.step());
  }

  /** Packets and ends on their way to the other side. */
  get backlog(): number {
    return this.#underWay.length + (this.#closed ? 1 : 0);
  }

  send(packet: Uint8Array): boolean {
    if (this.#closed || this.#cut) return false;
    this.#underWay.push(packet);
    this.#bytes += packet.length;
    this.#schedule(() => this.step());
    this.#blocked = this.#bytes >= this.#capacityBytes;
    return !this.#blocked;
  }

  close(): void {
    if (this.#closed || this.#cut) return;
    this.#closed = true;
    this.#schedule(() => this.step());
  }

  cut(cause?: unknown): void {
    this.lose(cause);
    this.#peer?.lose(cause);
  }

  /** Brings the next packet, or the end, to the other side. */
  step(): void {
    const listener = this.#peer?.listener;
    if (this.#cut || listener === undefined) return;
    const packet = this.#underWay.shift();
    if (packet === undefined) {
      if (this.#closed) listener.carrierLost();
      return;
    }
    this.#bytes -= packet.length;
    listener.receive(packet);
    if (this.#blocked && this.#bytes < this.#capacityBytes) {
      this.#blocked = false;
      this.#schedule(() => this.ready());
    }
  }

  /** Tells this end's listener that it may send again. */
  ready(): void {
    this.listener?.carrierReady();
  }

  /** Ends this end; its listener hears of it in a step. */
  lose(cause: unknown): void {
    if (this.#cut) return;
    this.#cut = true;
    this.#underWay.clear();
    this.#schedule(() => this.listener?.carrierLost(cause));
  }
}
