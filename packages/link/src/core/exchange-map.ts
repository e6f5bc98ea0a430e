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
  /** None before the first comes: one side of most links opens no exchange. */
  #recent: (E | undefined)[] | undefined;
  /** Those that last so long that another came to their place. */
  #lasting: Map<number, E> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: number): E | undefined {
    const recent = this.#recent?.[placeOf(id, this.#recent.length)];
    return recent?.id === id ? recent : this.#lasting?.get(id);
  }

  /** Takes one in whose id has not been in use. */
  add(exchange: E): void {
    this.#recent ??= emptyPlaces(fewPlaces);
    this.#put(exchange, this.#recent);
    this.#size += 1;
    const places = this.#recent.length;
    if (places < mostPlaces && this.#lasting !== undefined && this.#lasting.size > places) {
      this.#spread(places * 4);
    }
  }

  delete(id: number): void {
    const recent = this.#recent;
    if (recent === undefined) return;
    const place = placeOf(id, recent.length);
    if (recent[place]?.id === id) recent[place] = undefined;
    else if (!this.#lasting?.delete(id)) return;
    this.#size -= 1;
  }

  /** All there are now, in the order of their ids. */
  values(): E[] {
    const recent = this.#recent?.filter((exchange) => exchange !== undefined) ?? [];
    return [...(this.#lasting?.values() ?? []), ...recent].sort((one, other) => one.id - other.id);
  }

  /** Takes all out, and answers them. */
  clear(): E[] {
    const values = this.values();
    this.#recent = undefined;
    this.#lasting = undefined;
    this.#size = 0;
    return values;
  }

  #put(exchange: E, recent: (E | undefined)[]): void {
    const place = placeOf(exchange.id, recent.length);
    const before = recent[place];
    recent[place] = exchange;
    if (before === undefined) return;
    this.#lasting ??= new Map();
    this.#lasting.set(before.id, before);
  }

  #spread(places: number): void {
    const exchanges = this.values();
    const recent = emptyPlaces<E>(places);
    this.#recent = recent;
    this.#lasting = undefined;
    for (const exchange of exchanges) this.#put(exchange, recent);
  }
}

/** The ids of one side are every other number. */
function placeOf(id: number, places: number): number {
  return (id >>> 1) % places;
}

function emptyPlaces<E>(count: number): (E | undefined)[] {
  return Array.from({ length: count });
}
