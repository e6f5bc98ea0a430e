import type { Schema } from "./rules.js";

/** Pairs of schemas, each the very objects, in the order in which they were added. */
export class SchemaPairs {
  readonly #partners = new Map<Schema, Set<Schema>>();
  readonly #added: [Schema, Schema][] = [];

  get size(): number {
    return this.#added.length;
  }

  /** Adds a pair; false when it was there. */
  add(first: Schema, second: Schema): boolean {
    const partners = this.#partners.get(first) ?? new Set();
    if (partners.has(second)) return false;
    this.#partners.set(first, partners.add(second));
    this.#added.push([first, second]);
    return true;
  }

  /** Forgets all but the first so many. */
  forgetBeyond(size: number): void {
    for (const [first, second] of this.#added.splice(size))
      this.#partners.get(first)?.delete(second);
  }
}
