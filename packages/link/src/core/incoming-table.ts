import type { Cancellation, LinkTypes } from "../types.js";
import { ExchangeMap } from "./exchange-map.js";
import type { Incoming } from "./incoming.js";
import { broken } from "./outcomes.js";

/** The exchanges that the other side has opened, with ids that only grow. */
export class IncomingTable<T extends LinkTypes> {
  readonly #exchanges = new ExchangeMap<Incoming<T>>();
  readonly #firstId: number;
  #lastId = 0;

  constructor(firstId: number) {
    this.#firstId = firstId;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /**
   * Takes note of an id that the other side has given.
   *
   * @throws {SmartcallError} `LINK_BROKEN` when it had no right to.
   */
  claim(id: number): void {
    if (!this.#owns(id) || id <= this.#lastId) {
      throw broken(`Exchange ${id} cannot be opened here.`);
    }
    this.#lastId = id;
  }

  add(exchange: Incoming<T>): void {
    this.#exchanges.add(exchange);
  }

  delete(id: number): void {
    this.#exchanges.delete(id);
  }

  /**
   * An exchange by its id; undefined when it has ended.
   *
   * @throws {SmartcallError} `LINK_BROKEN` when there never was one.
   */
  find(id: number): Incoming<T> | undefined {
    const found = this.#exchanges.get(id);
    if (found === undefined && (!this.#owns(id) || id > this.#lastId || id < 1)) {
      throw broken(`Exchange ${id} was never opened there.`);
    }
    return found;
  }

  /** Ends all that are left. */
  end(cancellation: Cancellation): void {
    for (const exchange of this.#exchanges.clear()) exchange.canceled(cancellation);
  }

  #owns(id: number): boolean {
    return id % 2 === this.#firstId % 2;
  }
}
