/** A fenced block of a page. */
export interface Snippet {
  /** The line of its opening fence, from 1. */
  line: number;
  /** The first word after the fence: `sh`, `ts`, `json`, … */
  language: string;
  /** The other words, such as `run`. */
  words: readonly string[];
  text: string;
}

/** All fenced blocks of a Markdown page, in order. */
export function findSnippets(markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { line: number; info: string; text: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (open === undefined) {
      const [, info] = /^```(\S.*)?$/.exec(line) ?? [];
      if (line.startsWith("```")) open = { line: index + 1, info: info ?? "", text: [] };
    } else if (line === "```") {
      const [language = "", ...words] = open.info.split(/\s+/);
      snippets.push({ line: open.line, language, words, text: open.text.join("\n") });
      open = undefined;
    } else {
      open.text.push(line);
    }
  }
  if (open !== undefined) throw new Error(`The block of line ${open.line} never ends`);
  return snippets;
}
