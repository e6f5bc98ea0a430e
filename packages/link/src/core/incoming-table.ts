import type { Cancellation, LinkTypes } from "../types.js";
import type { Incoming } from "./incoming.js";
import { broken } from "./outcomes.js";

/** The exchanges that the other side has opened, with ids that only grow. */
export class IncomingTable<T extends LinkTypes> {
  readonly #exchanges = new Map<number, Incoming<T>>();
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
    this.#exchanges.set(exchange.id, exchange);
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
    const exchanges = [...this.#exchanges.values()];
    this.#exchanges.clear();
    for (const exchange of exchanges) exchange.canceled(cancellation);
  }

  #owns(id: number): boolean {
    return id % 2 === this.#firstId % 2;
  }
}
