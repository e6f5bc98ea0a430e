import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * How many milliseconds a fresh Node takes to load what a module imports, its own start aside.
 *
 * @throws {Error} when it cannot be loaded.
 */
export async function measureImport(source: string, directory: string): Promise<number> {
  const specifiers = [...source.matchAll(/ from ("[^"]+")/g)].map(([, specifier]) => specifier);
  const program = `const begin = performance.now();
await Promise.all([${specifiers.map((specifier) => `import(${specifier})`).join(", ")}]);
console.log(performance.now() - begin);`;
  const args = ["--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory });
  return Number(stdout);
}
