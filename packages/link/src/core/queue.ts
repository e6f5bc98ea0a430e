/** First in, first out; taking one is cheap however many wait, and one that waits alone needs no list. */
export class Queue<T extends object> {
  #first: T | undefined;
  /** What waits behind the first; absent until something did. */
  #rest: (T | undefined)[] | undefined;
  #head = 0;

  get length(): number {
    if (this.#first === undefined) return 0;
    return 1 + (this.#rest === undefined ? 0 : this.#rest.length - this.#head);
  }

  push(item: T): void {
    if (this.#first === undefined) {
      this.#first = item;
    } else {
      this.#rest ??= [];
      this.#rest.push(item);
    }
  }

  peek(): T | undefined {
    return this.#first;
  }

  shift(): T | undefined {
    const item = this.#first;
    this.#first = this.#shiftRest();
    return item;
  }

  /** The largest measure of what waits; 0 when nothing does. */
  largest(measure: (item: T) => number): number {
    let largest = 0;
    for (const item of this.#items()) largest = Math.max(largest, measure(item));
    return largest;
  }

  /** Keeps those of what waits that `keep` says yes to, in their order. */
  filter(keep: (item: T) => boolean): void {
    const kept = [...this.#items()].filter(keep);
    this.clear();
    for (const item of kept) this.push(item);
  }

  clear(): void {
    this.#first = undefined;
    this.#rest = undefined;
    this.#head = 0;
  }

  #shiftRest(): T | undefined {
    const rest = this.#rest;
    if (rest === undefined) return undefined;
    const item = rest[this.#head];
    rest[this.#head] = undefined;
    this.#head += 1;
    if (this.#head === rest.length) {
      this.#rest = undefined;
      this.#head = 0;
    } else if (this.#head >= 1_024 && this.#head * 2 >= rest.length) {
      rest.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  *#items(): Iterable<T> {
    if (this.#first !== undefined) yield this.#first;
    for (const item of this.#rest ?? []) if (item !== undefined) yield item;
  }
}
