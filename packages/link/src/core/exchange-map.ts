/** How many exchanges have a place of their own: few at first, for most links of clients are idle. */
const fewPlaces = 8;
const mostPlaces = 2_048;

/**
 * Exchanges by their ids, which only grow, when most of them end soon.
 *
 * What has ended is let go at once. A Map alone would not do that in V8: it often moves to a new
 * table, and the tables before hold each other, and what was in them, until all of the heap is
 * collected.
 */
export class ExchangeMap<E extends { readonly id: number }> {
  #recent = emptyPlaces<E>(fewPlaces);
  /** Those that last so long that another came to their place. */
  readonly #lasting = new Map<number, E>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: number): E | undefined {
    const recent = this.#recent[this.#placeOf(id)];
    return recent?.id === id ? recent : this.#lasting.get(id);
  }

  /** Takes one in whose id has not been in use. */
  add(exchange: E): void {
    this.#put(exchange);
    this.#size += 1;
    if (this.#lasting.size > this.#recent.length && this.#recent.length < mostPlaces) this.#grow();
  }

  delete(id: number): void {
    const place = this.#placeOf(id);
    if (this.#recent[place]?.id === id) this.#recent[place] = undefined;
    else if (!this.#lasting.delete(id)) return;
    this.#size -= 1;
  }

  /** All there are now, in the order of their ids. */
  values(): E[] {
    const recent = this.#recent.filter((exchange) => exchange !== undefined);
    return [...this.#lasting.values(), ...recent].sort((one, other) => one.id - other.id);
  }

  /** Takes all out, and answers them. */
  clear(): E[] {
    const values = this.values();
    this.#recent = emptyPlaces(fewPlaces);
    this.#lasting.clear();
    this.#size = 0;
    return values;
  }

  #put(exchange: E): void {
    const place = this.#placeOf(exchange.id);
    const before = this.#recent[place];
    if (before !== undefined) this.#lasting.set(before.id, before);
    this.#recent[place] = exchange;
  }

  #grow(): void {
    const exchanges = this.values();
    this.#recent = emptyPlaces(this.#recent.length * 4);
    this.#lasting.clear();
    for (const exchange of exchanges) this.#put(exchange);
  }

  /** The ids of one side are every other number. */
  #placeOf(id: number): number {
    return (id >>> 1) % this.#recent.length;
  }
}

function emptyPlaces<E>(count: number): (E | undefined)[] {
  return Array.from({ length: count });
}
