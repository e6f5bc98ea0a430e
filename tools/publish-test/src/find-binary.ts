import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { installTool, type PinnedTool } from "./install-tool.ts";

/**
 * The binary for this machine among those that a tool's packages brought.
 *
 * @throws {Error} when none of them runs here.
 */
export async function findBinary(tool: PinnedTool, pattern: string): Promise<string> {
  const modules = join(await installTool(tool), "node_modules");
  const found = globSync(pattern, { cwd: modules }).map((path) => join(modules, path));
  const running = found.find((path) => {
    try {
      execFileSync(path, ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
  if (running === undefined) throw new Error(`None of ${tool}'s binaries runs here: ${found}.`);
  return running;
}
