import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { measureBundle } from "./measure-bundle.ts";
import { measureImport } from "./measure-import.ts";

const folder = mkdtempSync(join(tmpdir(), "sizes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A package that can be imported from the folder. */
function install(name: string, files: Record<string, string>): void {
  const home = join(folder, "node_modules", name);
  mkdirSync(home, { recursive: true });
  const manifest = { name, type: "module", exports: "./index.js", sideEffects: false };
  writeFileSync(join(home, "package.json"), JSON.stringify(manifest));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(home, path), text);
}

const long = JSON.stringify(Array.from({ length: 500 }, (_, index) => `${index * 7919}`).join(" "));

test("a bundle is what is used of a package, without what is loaded later", async () => {
  install("lazy", {
    "index.js": `export const used = () => import("./later.js"); export const unused = ${long};`,
    "later.js": `export const later = ${long};`,
  });
  const size = await measureBundle('export { used } from "lazy";', folder);
  expect(size.minified).toBeLessThan(300);
  expect(size.gzippedInAll).toBeGreaterThan(size.gzipped + 500);
});

test("what no browser has is refused", async () => {
  install("nodes", { "index.js": 'export { readFileSync } from "node:fs";' });
  await expect(measureBundle('export * from "nodes";', folder)).rejects.toThrow(/node:fs/);
});

test("an import is timed, and one that fails is no time", async () => {
  install("slow", {
    "index.js":
      "const begin = performance.now(); while (performance.now() - begin < 30); export const slow = 1;",
  });
  expect(await measureImport('export { slow } from "slow";', folder)).toBeGreaterThan(29);
  await expect(measureImport('export * from "nobody";', folder)).rejects.toThrow(/nobody/);
});
