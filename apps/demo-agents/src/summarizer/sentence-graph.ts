import { wordsOf } from "./words-of.js";

/** What a sentence has in common with others; only those that share a word are there. */
export interface Neighbours {
  /** The other sentences, in order. */
  readonly indices: Uint32Array;
  /** How much both speak of the same, from 0 to 1. */
  readonly weights: Float64Array;
}

/** A word that occurs in one sentence after another. */
interface Posting {
  readonly indices: number[];
  readonly weights: number[];
}

/**
 * Compares each sentence with every other by the cosine of their TF-IDF vectors.
 *
 * Goes by the words that sentences share; a word in more than half of many sentences tells nothing,
 * and would make every pair meet.
 */
export function sentenceGraph(sentences: readonly string[]): Neighbours[] {
  const size = sentences.length;
  const words = sentences.map((sentence) => countOf(wordsOf(sentence)));
  const postings = postingsOf(words);
  const norms = weigh(postings, size);
  const products = new Float64Array(size);
  return words.map((counts, index) => {
    products.fill(0);
    for (const [word] of counts) {
      const posting = postings.get(word);
      if (!posting || (size > 20 && posting.indices.length > size / 2)) continue;
      const own = posting.weights[posting.indices.indexOf(index)] ?? 0;
      for (const [at, other] of posting.indices.entries()) {
        products[other] = (products[other] ?? 0) + own * (posting.weights[at] ?? 0);
      }
    }
    products[index] = 0;
    const indices = Uint32Array.from(products.keys().filter((other) => products[other] !== 0));
    const weights = Float64Array.from(
      indices,
      (other) => (products[other] ?? 0) / Math.sqrt((norms[index] ?? 1) * (norms[other] ?? 1)),
    );
    return { indices, weights };
  });
}

function countOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function postingsOf(words: readonly ReadonlyMap<string, number>[]): Map<string, Posting> {
  const postings = new Map<string, Posting>();
  for (const [index, counts] of words.entries()) {
    for (const [word, count] of counts) {
      const posting = postings.get(word) ?? { indices: [], weights: [] };
      postings.set(word, posting);
      posting.indices.push(index);
      posting.weights.push(count);
    }
  }
  return postings;
}

/** Turns counts into TF-IDF weights, and answers the squared length of each sentence. */
function weigh(postings: ReadonlyMap<string, Posting>, size: number): Float64Array {
  const norms = new Float64Array(size);
  for (const { indices, weights } of postings.values()) {
    const rarity = Math.log(1 + size / indices.length);
    for (const [at, index] of indices.entries()) {
      const weight = rarity * (weights[at] ?? 0);
      weights[at] = weight;
      norms[index] = (norms[index] ?? 0) + weight * weight;
    }
  }
  return norms;
}
