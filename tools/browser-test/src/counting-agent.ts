import { type Agent, defineAgent } from "@smartcall/agent";

/** An agent that counts, and waits at the middle until it is let go on. */
export interface CountingAgent {
  readonly agent: Agent;
  /** How many pieces it yields. */
  readonly count: number;
  /** Resolves when it has come to the middle. */
  readonly atMiddle: Promise<void>;
  /** Lets it go on. */
  goOn(): void;
}

/** Makes a `counter` that yields `"1 "`, `"2 "` and so on up to `count`. */
export function createCountingAgent(count: number): CountingAgent {
  const atMiddle = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const agent = defineAgent({
    name: "counter",
    description: "Counts, and rests in the middle.",
    async *run() {
      for (let number = 1; number <= count; number++) {
        if (number === count / 2 + 1) {
          atMiddle.resolve();
          await gate.promise;
        }
        yield `${number} `;
      }
    },
  });
  return { agent, count, atMiddle: atMiddle.promise, goOn: gate.resolve };
}

/** What a counter says in all. */
export function countedText(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index + 1} `).join("");
}
