import type { Reason } from "@smartcall/protocol";
import type { LinkTypes, Outcome } from "../types.js";
import { ExchangeMap } from "./exchange-map.js";
import { broken, refusal } from "./outcomes.js";
import type { Outgoing } from "./outgoing.js";
import type { LaneLimits } from "./send-lane.js";

/** The exchanges that this side has opened, and their ids: every other number, never used twice. */
export class OutgoingTable<T extends LinkTypes> {
  readonly #exchanges = new ExchangeMap<Outgoing<T>>();
  readonly #firstId: number;
  readonly #lastId: number;
  #nextId: number;

  constructor(firstId: number, lastId: number) {
    this.#firstId = firstId;
    this.#lastId = lastId;
    this.#nextId = firstId;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /** The id of the next exchange. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Whether no id is left. */
  get wornOut(): boolean {
    return this.#nextId > this.#lastId;
  }

  /** Whether an id is one that this side gives. */
  owns(id: number): boolean {
    return id % 2 === this.#firstId % 2;
  }

  /** Takes the exchange that was given the next id. */
  add(exchange: Outgoing<T>): void {
    this.#exchanges.add(exchange);
    this.#nextId += 2;
  }

  delete(id: number): void {
    this.#exchanges.delete(id);
  }

  /**
   * An exchange by its id; undefined when it has ended.
   *
   * @throws {SmartcallError} `LINK_BROKEN` when there never was one.
   */
  find(id: number): Outgoing<T> | undefined {
    const found = this.#exchanges.get(id);
    if (found === undefined && (!this.owns(id) || id >= this.#nextId || id < 1)) {
      throw broken(`Exchange ${id} was never opened here.`);
    }
    return found;
  }

  learnLimits(limits: LaneLimits): void {
    for (const exchange of this.#exchanges.values()) exchange.learnLimits(limits);
  }

  /** Ends what the other side does not know of; another link may take it. */
  refuseUnsent(reason: Reason): void {
    for (const exchange of this.#exchanges.values()) {
      if (!exchange.begun) exchange.lost(refusal(reason));
    }
  }

  /** Ends all that are left. */
  end(outcome: Outcome): void {
    for (const exchange of this.#exchanges.clear()) exchange.lost(outcome);
  }
}
