import { fileURLToPath } from "node:url";
import { installPinned } from "@smartcall/scripts/install-pinned";

/** What stands in `pinned/`. */
export type PinnedTool = "verdaccio" | "vite" | "workerd" | "bun" | "deno" | "nextjs";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * The folder whose node_modules hold a tool, which is got from npm when it is not there.
 *
 * @throws {Error} when it cannot be had.
 */
export function installTool(tool: PinnedTool): Promise<string> {
  return installPinned({ pinned: here(`pinned/${tool}`), cache: here("node_modules/.cache") });
}
