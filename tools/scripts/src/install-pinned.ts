import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";

/** Where packages are pinned, and where they are kept. */
export interface PinnedPackages {
  /** A folder with a package.json and npm's lockfile to it. */
  pinned: string;
  /** A folder that git does not see. */
  cache: string;
}

/**
 * The folder whose node_modules hold what a folder pins by its hashes: tools that a test needs, and
 * that are too large for everybody to install. Installed once and kept; scripts of packages are not
 * run.
 *
 * @throws {Error} when npm cannot be reached, or has nothing for this system.
 */
export async function installPinned({ pinned, cache }: PinnedPackages): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(join(pinned, "package-lock.json")));
  const home = join(cache, `${basename(pinned)}-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(home)) return home;
  const fresh = `${home}.${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) {
      copyFileSync(join(pinned, file), join(fresh, file));
    }
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    await promisify(execFile)("npm", args, { cwd: fresh, timeout: 300_000 });
    // Whole or not at all.
    renameSync(fresh, home);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return home;
}
