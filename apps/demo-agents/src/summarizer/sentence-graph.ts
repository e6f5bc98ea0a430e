import { wordsOf } from "./words-of.js";

/** How much two sentences speak of the same, from 0 to 1; only those that share a word are kept. */
export interface SentenceGraph {
  readonly size: number;
  /** By sentence: its neighbours, and how alike each is. */
  readonly neighbours: readonly ReadonlyMap<number, number>[];
}

/**
 * Compares sentences by the cosine of their TF-IDF vectors.
 *
 * Goes by the sentences that share a word rather than by every pair; a word in more than half of
 * many sentences tells nothing and would make every pair meet.
 */
export function sentenceGraph(sentences: readonly string[]): SentenceGraph {
  const counts = sentences.map((sentence) => countOf(wordsOf(sentence)));
  const holders = new Map<string, number[]>();
  for (const [index, words] of counts.entries()) {
    for (const word of words.keys()) {
      const known = holders.get(word);
      if (known) known.push(index);
      else holders.set(word, [index]);
    }
  }
  const size = sentences.length;
  const norms = new Float64Array(size);
  const neighbours = sentences.map(() => new Map<number, number>());
  for (const [word, indices] of holders) {
    const rarity = Math.log(1 + size / indices.length);
    const weights = indices.map((index) => rarity * (counts[index]?.get(word) ?? 0));
    for (const [at, index] of indices.entries())
      norms[index] = (norms[index] ?? 0) + (weights[at] ?? 0) ** 2;
    if (size > 20 && indices.length > size / 2) continue;
    for (let a = 0; a < indices.length; a += 1) {
      const row = neighbours[indices[a] ?? 0];
      for (let b = a + 1; b < indices.length; b += 1) {
        const other = indices[b] ?? 0;
        row?.set(other, (row.get(other) ?? 0) + (weights[a] ?? 0) * (weights[b] ?? 0));
      }
    }
  }
  mirror(neighbours, norms);
  return { size, neighbours };
}

function countOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Turns products above the diagonal into cosines on both sides of it. */
function mirror(rows: readonly Map<number, number>[], norms: Float64Array): void {
  for (const [index, row] of rows.entries()) {
    for (const [other, product] of row) {
      if (other < index) continue;
      const cosine = product / Math.sqrt((norms[index] ?? 1) * (norms[other] ?? 1));
      row.set(other, cosine);
      rows[other]?.set(index, cosine);
    }
  }
}
