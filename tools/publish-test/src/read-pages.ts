import { readFileSync } from "node:fs";

const ticks = "```";

/** What a page of this repository shows. */
export interface PageSnippet {
  text: string;
  /** How many words there are from the heading to its end. */
  words: number;
}

/**
 * The snippets of a language after a heading of a page, in order.
 *
 * @throws {Error} when there is none.
 */
export function findSnippets(
  page: string,
  heading: string,
  language: "sh" | "ts",
): [PageSnippet, ...PageSnippet[]] {
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), "utf8");
  const begin = text.indexOf(`${heading}\n`);
  const section = begin < 0 ? "" : text.slice(begin);
  const fence = new RegExp(`^${ticks}${language}\\b[^\\n]*\\n(.*?)^${ticks}$`, "gms");
  const [first, ...others] = [...section.matchAll(fence)].map(
    ({ 0: whole, 1: snippet = "", index }) => ({
      text: snippet,
      words: section.slice(0, index + whole.length).split(/\s+/).length,
    }),
  );
  if (first === undefined) throw new Error(`${page} has no ${language} under "${heading}".`);
  return [first, ...others];
}
