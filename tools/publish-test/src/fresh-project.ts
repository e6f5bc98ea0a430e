import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, runCommand } from "./run-command.ts";
import type { LocalRegistry } from "./start-registry.ts";

/** A folder of its own, outside of this repository. */
export interface FreshProject {
  readonly directory: string;
  /** Runs a command in it and answers its stdout. */
  run(command: string, ...args: string[]): Promise<string>;
}

/** What a project begins with. */
export interface FreshProjectOptions {
  /** What npm installs; nothing when absent. */
  packages?: readonly string[];
  /** The folders of `projects/` that are copied into it; none when absent. */
  files?: readonly string[];
  /** Of its package.json; `module` when absent. */
  type?: "module" | "commonjs";
  /** Added to the environment of what runs in it. */
  env?: Command["env"];
}

/** Makes a project as somebody does who begins: a package.json, some files, and `npm install`. */
export async function createFreshProject(
  registry: LocalRegistry,
  { packages = [], files = [], type = "module", env = {} }: FreshProjectOptions,
): Promise<FreshProject> {
  const directory = mkdtempSync(join(registry.folder, "project-"));
  for (const folder of files) {
    const source = fileURLToPath(new URL(`../projects/${folder}`, import.meta.url));
    cpSync(source, directory, { recursive: true });
  }
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, type }));
  // Bun and Deno look here alone.
  writeFileSync(join(directory, ".npmrc"), `registry=${registry.url}\n`);
  const run = (command: string, ...args: string[]) =>
    runCommand({ command, args, cwd: directory, env: { ...registry.env, ...env } });
  if (packages.length > 0) {
    await run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", ...packages);
  }
  return { directory, run };
}
