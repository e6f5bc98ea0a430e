import { readFileSync } from "node:fs";

/**
 * What to hand to Node to run a program as its first line says, where nothing reads that line:
 * `#!/usr/bin/env -S node --flag` makes `["--flag", path]`.
 */
export function nodeArguments(path: string): string[] {
  const [firstLine = ""] = readFileSync(path, "utf8").split("\n", 1);
  const flags = /^#!.*\bnode\s+(.+)$/.exec(firstLine)?.[1]?.trim().split(/\s+/) ?? [];
  return [...flags, path];
}
