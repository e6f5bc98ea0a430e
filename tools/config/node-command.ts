import { readFileSync } from "node:fs";

/** What to hand to Node to run a program as its first line says, where nothing reads that line. */
export interface NodeCommand {
  /** Node's flags, and the program last. */
  readonly args: readonly string[];
  /** Variables for the program's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Reads a program's first line: `#!/usr/bin/env -S NAME=value node --flag` makes
 * `{ args: ["--flag", path], env: { NAME: "value" } }`.
 */
export function nodeCommand(path: string): NodeCommand {
  const [firstLine = ""] = readFileSync(path, "utf8").split("\n", 1);
  const [, variables = "", flags = ""] =
    /^#!\S+\s+(?:-S\s+)?((?:\w+=\S+\s+)*)node\b(.*)$/.exec(firstLine) ?? [];
  return { args: [...wordsOf(flags), path], env: Object.fromEntries(wordsOf(variables).map(pair)) };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function pair(word: string): [name: string, value: string] {
  const at = word.indexOf("=");
  return [word.slice(0, at), word.slice(at + 1)];
}
