import type { Neighbours } from "./sentence-graph.js";

const damping = 0.85;
const tolerance = 1e-6;
const maxRounds = 100;

/**
 * The weight of each sentence by TextRank: a sentence counts as much as those count that speak of
 * the same. The weights add up to 1.
 *
 * Mihalcea and Tarau, "TextRank: Bringing Order into Text", 2004.
 */
export function rankSentences(graph: readonly Neighbours[]): Float64Array {
  const size = graph.length;
  const totals = graph.map(({ weights }) => weights.reduce((sum, weight) => sum + weight, 0));
  let ranks = new Float64Array(size).fill(1 / size);
  for (let round = 0; round < maxRounds; round += 1) {
    const next = new Float64Array(size).fill((1 - damping) / size);
    // What stands alone hands its weight to all, so that none is lost.
    let alone = 0;
    for (let index = 0; index < size; index += 1) {
      const total = totals[index] ?? 0;
      const rank = ranks[index] ?? 0;
      if (total === 0) alone += rank;
      else spread(graph[index], (damping * rank) / total, next);
    }
    let change = 0;
    for (let index = 0; index < size; index += 1) {
      next[index] = (next[index] ?? 0) + (damping * alone) / size;
      change += Math.abs((next[index] ?? 0) - (ranks[index] ?? 0));
    }
    ranks = next;
    if (change < tolerance) break;
  }
  return ranks;
}

function spread(row: Neighbours | undefined, share: number, next: Float64Array): void {
  if (!row) return;
  const { indices, weights } = row;
  for (let at = 0; at < indices.length; at += 1) {
    const other = indices[at] ?? 0;
    next[other] = (next[other] ?? 0) + share * (weights[at] ?? 0);
  }
}
