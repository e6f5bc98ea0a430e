/**
 * Items in the order in which they came, each with a number that it keeps for good.
 *
 * Taking one out is no search; its place stays a hole until those at the old end are most of the list.
 */
export class AgeList<T extends object> {
  #items: (T | undefined)[] = [];
  /** The number of the first place. */
  #first = 0;
  #size = 0;

  /** The number that the next item gets. */
  get next(): number {
    return this.#first + this.#items.length;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#size++;
  }

  /** Takes out the item of a number. */
  delete(number: number): void {
    const index = number - this.#first;
    if (this.#items[index] === undefined) return;
    this.#items[index] = undefined;
    this.#size--;
    this.#closeGap();
  }

  /** The items before a number with their numbers, the newest first. */
  *before(number: number): Generator<[item: T, number: number], void, undefined> {
    for (let index = Math.min(number - this.#first, this.#items.length) - 1; index >= 0; index--) {
      const item = this.#items[index];
      if (item !== undefined) yield [item, this.#first + index];
    }
  }

  #closeGap(): void {
    if (this.#items.length < 2_000 || this.#size * 2 > this.#items.length) return;
    const first = this.#items.findIndex((item) => item !== undefined);
    if (first * 4 < this.#items.length) return;
    this.#items = this.#items.slice(first);
    this.#first += first;
  }
}
