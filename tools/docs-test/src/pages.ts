import { globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Action, planPage } from "./plan.ts";
import { findSnippets, type Snippet } from "./snippets.ts";

/** The repository. */
export const root: string = fileURLToPath(new URL("../../..", import.meta.url));

/** A page of documentation and what is done with its blocks. */
export interface Page {
  /** Relative to the repository. */
  path: string;
  actions: readonly Action[];
}

/** The README, those of the apps, and the guide; other packages test theirs themselves. */
export function readPages(): Page[] {
  const guide = globSync("docs/guide/*.md", { cwd: root }).sort();
  return ["README.md", "apps/cli/README.md", "apps/gateway/README.md", ...guide].map((path) => ({
    path,
    actions: planPage(findSnippets(readFileSync(join(root, path), "utf8"))),
  }));
}

/** A new folder below this package, so that programs in it find what it depends on. */
export function makeProgramFolder(): string {
  const home = fileURLToPath(new URL("../.programs/", import.meta.url));
  mkdirSync(home, { recursive: true });
  return mkdtempSync(home);
}

/** Writes a program of a page, in a file that names its place; answers the file's path. */
export function writeProgram(folder: string, page: string, { line, text }: Snippet): string {
  const file = join(folder, `${page.replaceAll(/\W/g, "-")}-${line}.ts`);
  writeFileSync(file, `${text}\nexport {};\n`);
  return file;
}
