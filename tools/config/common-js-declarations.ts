import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `./name.js` as a module's name, in what `tsc` writes. */
const relativeModule = /((?:from|import\()\s*")(\.{1,2}\/[^"]+)\.js"/g;

/**
 * Puts a `.d.cts` beside each `.d.ts` of a folder, which imports those beside the others. Without
 * them TypeScript takes what is CommonJS for ESM, and refuses to `require` it.
 */
export function commonJsDeclarations(folder: string): void {
  for (const path of globSync("**/*.d.ts", { cwd: folder })) {
    const text = readFileSync(join(folder, path), "utf8");
    writeFileSync(
      join(folder, path.replace(/\.d\.ts$/, ".d.cts")),
      text.replaceAll(relativeModule, '$1$2.cjs"'),
    );
  }
}
