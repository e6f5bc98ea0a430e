import { setTimeout as delay } from "node:timers/promises";
import { type Agent, dataOf, defineAgent } from "@smartcall/agent";

/** What the agent is to count. */
export interface Count {
  /** Pieces of text in all. */
  readonly pieces: number;
  /** Pieces a second; as fast as they are taken when absent. */
  readonly perSecond?: number;
}

/** Each piece that it says is its number, so that a reader can tell what it has read. */
export const counter: Agent = defineAgent({
  name: "counter",
  description: "Counts.",
  async *run(message, { signal }) {
    const { pieces, perSecond } = dataOf(message) as unknown as Count;
    for (let piece = 0; piece < pieces; piece++) {
      yield `${piece} `;
      if (perSecond !== undefined) await delay(1000 / perSecond, undefined, { signal });
    }
  },
});

/** What it says in all. */
export function countTo(pieces: number): string {
  return Array.from({ length: pieces }, (_, piece) => `${piece} `).join("");
}
