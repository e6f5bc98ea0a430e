import { createRequire } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../usage-error.js";

/**
 * What Node needs to run a file: nothing for JavaScript, tsx where the project has it.
 *
 * @throws {UsageError} when this Node cannot run it.
 */
export function nodeFlags(file: string): readonly string[] {
  const quiet = ["--disable-warning=ExperimentalWarning"];
  if (!/^\.[cm]?tsx?$/.test(extname(file))) return quiet;
  try {
    const tsx = createRequire(file).resolve("tsx");
    return [...quiet, "--import", pathToFileURL(tsx).href];
  } catch {
    if (process.features.typescript) return quiet;
    throw new UsageError(
      `Node ${process.version} runs no TypeScript: take 22.18 or newer, or npm install --save-dev tsx`,
    );
  }
}
