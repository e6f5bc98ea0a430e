import type { Fault } from "../fault.js";

/** What is sent twice: the chunk that holds byte `at`, or each chunk with a chance from 0 to 1. */
export type DuplicateOptions = { readonly at: number } | { readonly chance: number };

/** Sends a chunk twice, as a broken intermediary does; TCP by itself never would. */
export function duplicate(options: DuplicateOptions): Fault {
  return async function* (chunks, { random }) {
    let position = 0;
    for await (const chunk of chunks) {
      const start = position;
      position += chunk.length;
      yield chunk;
      const isDue =
        "at" in options ? start <= options.at && options.at < position : random() < options.chance;
      if (isDue) yield chunk;
    }
  };
}
