import { rankSentences } from "./rank-sentences.js";
import { type Neighbours, sentenceGraph } from "./sentence-graph.js";
import { splitSentences } from "./split-sentences.js";

/** How long a summary is. */
export type SummaryLength = { sentences: number } | { ratio: number };

/** Two sentences this alike say the same. */
const sameness = 0.7;

/**
 * The sentences of a text that say most of what it says, in the text's order, one space between
 * them. The same text always gets the same summary; one that is short enough is answered whole.
 */
export function summarize(text: string, length: SummaryLength): string {
  const sentences = splitSentences(text);
  const wanted = "ratio" in length ? Math.ceil(length.ratio * sentences.length) : length.sentences;
  if (sentences.length <= wanted) return sentences.join(" ");
  const graph = sentenceGraph(sentences);
  const ranks = rankSentences(graph);
  const order = sentences.map((_, index) => index);
  order.sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0) || a - b);
  const chosen: number[] = [];
  const repeated: number[] = [];
  for (const index of order) {
    if (chosen.length >= wanted) break;
    const row = graph[index];
    const repeats = chosen.some((other) => (row ? likeness(row, other) : 0) > sameness);
    (repeats ? repeated : chosen).push(index);
  }
  // A text that says everything twice may run out of sentences that say something new.
  chosen.push(...repeated.slice(0, wanted - chosen.length));
  return chosen
    .sort((a, b) => a - b)
    .map((index) => sentences[index])
    .join(" ");
}

function likeness({ indices, weights }: Neighbours, other: number): number {
  return weights[indices.indexOf(other)] ?? 0;
}
