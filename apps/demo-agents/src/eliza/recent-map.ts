/** Keeps the values that were used most recently, so many at most. */
export class RecentMap<K, V> {
  readonly #maxSize: number;
  readonly #create: () => V;
  readonly #entries = new Map<K, V>();

  constructor(maxSize: number, create: () => V) {
    this.#maxSize = maxSize;
    this.#create = create;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value of a key, a new one where there is none; the one unused for longest makes room. */
  take(key: K): V {
    const value = this.#entries.get(key) ?? this.#create();
    // A map keeps its order of insertion: the first is the one unused for longest.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#maxSize) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    return value;
  }
}
