import { globSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FreshProject } from "./fresh-project.ts";

/** The bytes of every file that npm wrote for each package of a project, by its name, largest first. */
export function installedPackages({ directory }: FreshProject): ReadonlyMap<string, number> {
  const home = join(directory, "node_modules");
  const bytes = new Map<string, number>();
  for (const entry of globSync("**", { cwd: home, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = packageOf(dirname(path).slice(home.length + 1));
    if (name !== undefined) bytes.set(name, (bytes.get(name) ?? 0) + statSync(path).size);
  }
  return new Map([...bytes].sort(([, one], [, other]) => other - one));
}

/** The package that a folder of node_modules belongs to: of those around it, the innermost. */
function packageOf(folder: string): string | undefined {
  const [name = "", ...path] = folder.split("node_modules/").at(-1)?.split("/") ?? [];
  if (name === "" || name.startsWith(".")) return undefined;
  return name.startsWith("@") ? `${name}/${path[0]}` : name;
}
