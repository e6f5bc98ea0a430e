import type { Snippet } from "./snippets.ts";

/** What is done with a page, in its order. */
export type Action =
  | { kind: "shell"; snippet: Snippet; output: Snippet | undefined }
  | { kind: "program"; snippet: Snippet; output: Snippet | undefined }
  /** A program that stays up for the rest of the page; ready when the path `until` answers 200. */
  | { kind: "service"; snippet: Snippet; until: string }
  /** A program that is only type-checked. */
  | { kind: "types"; snippet: Snippet };

/**
 * Reads what is to be done from the words behind each fence:
 *
 * - `sh run` and `ts run` are run, and a block `… output` after it is what they must print;
 * - `ts service until=/v1/agents/x` is run until the end of the page;
 * - `ts` alone is type-checked;
 * - `sh skip=why` is left alone. A shell block says one or the other.
 *
 * @throws {Error} for a block that says neither, with its line.
 */
export function planPage(snippets: readonly Snippet[]): Action[] {
  const actions: Action[] = [];
  snippets.forEach((snippet, index) => {
    const { language, words, line } = snippet;
    const next = snippets[index + 1];
    const output = next?.words.includes("output") ? next : undefined;
    const option = (name: string) =>
      words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
    if (language === "sh") {
      if (words.includes("run")) actions.push({ kind: "shell", snippet, output });
      else if (option("skip") === undefined) {
        throw new Error(`The shell block of line ${line} says neither run nor skip=why`);
      }
    } else if (language === "ts") {
      const until = option("until");
      if (words.includes("service")) {
        if (until === undefined) throw new Error(`The service of line ${line} lacks until=`);
        actions.push({ kind: "service", snippet, until });
      } else if (words.includes("run")) actions.push({ kind: "program", snippet, output });
      else actions.push({ kind: "types", snippet });
    } else if (words.includes("output") && snippets[index - 1]?.words.includes("run") !== true) {
      throw new Error(`The output of line ${line} follows nothing that is run`);
    }
  });
  return actions;
}
