import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "./run-command.ts";

const here = fileURLToPath(new URL("../", import.meta.url));

/** What stands in `pinned/`. */
export type PinnedTool = "verdaccio" | "vite" | "workerd" | "bun" | "deno";

/**
 * The folder whose node_modules hold what `pinned/<tool>` names, pinned there by its hashes.
 * Installed once and kept; scripts of packages are not run.
 *
 * @throws {Error} when npm cannot be reached.
 */
export async function installPinned(tool: PinnedTool): Promise<string> {
  const pinned = join(here, "pinned", tool);
  const hash = createHash("sha256").update(readFileSync(join(pinned, "package-lock.json")));
  const home = join(here, `node_modules/.cache/${tool}-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(home)) return home;
  const fresh = `${home}.${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) {
      copyFileSync(join(pinned, file), join(fresh, file));
    }
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    await runCommand({ command: "npm", args, cwd: fresh });
    // Whole or not at all.
    renameSync(fresh, home);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return home;
}
