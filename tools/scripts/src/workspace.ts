import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";

/** A package of this repository. */
export interface WorkspacePackage {
  name: string;
  directory: string;
  /** The names of its scripts. */
  scripts: readonly string[];
}

/** All packages of a repository, as its pnpm-workspace.yaml says. */
export function findPackages(root: string): WorkspacePackage[] {
  const { packages } = parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")) as {
    packages: string[];
  };
  const manifests = packages.flatMap((pattern) =>
    globSync(`${pattern}/package.json`, { cwd: root }),
  );
  return manifests.sort().map((path) => {
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as {
      name: string;
      scripts?: Record<string, string>;
    };
    return {
      name: manifest.name,
      directory: join(root, dirname(path)),
      scripts: Object.keys(manifest.scripts ?? {}),
    };
  });
}
