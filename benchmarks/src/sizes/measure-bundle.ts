import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

/** What a browser loads, in bytes. */
export interface BundleSize {
  readonly minified: number;
  readonly gzipped: number;
  /** With what is loaded only when it is used. */
  readonly gzippedInAll: number;
}

/**
 * Bundles a module for browsers as its users do, with nothing left outside.
 *
 * @throws {Error} for an import that no browser has.
 */
export async function measureBundle(source: string, directory: string): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: directory, sourcefile: "entry.js" },
    bundle: true,
    splitting: true,
    outdir: "out",
    absWorkingDir: directory,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const chunks = new Map(
    outputFiles.map(({ path, contents }) => [path.slice(directory.length + 1), contents]),
  );
  const sum = (paths: Iterable<string>, sizeOf: (chunk: Uint8Array) => number) =>
    [...paths].reduce((total, path) => total + sizeOf(chunks.get(path) ?? new Uint8Array()), 0);
  const atOnce = loadedAtOnce(metafile);
  const gzipped = (chunk: Uint8Array) => gzipSync(chunk, { level: 9 }).byteLength;
  return {
    minified: sum(atOnce, (chunk) => chunk.byteLength),
    gzipped: sum(atOnce, gzipped),
    gzippedInAll: sum(chunks.keys(), gzipped),
  };
}

/** The entry's chunk and those that it imports; what it imports later is not of them. */
function loadedAtOnce({ outputs }: Metafile): Set<string> {
  const found = new Set<string>();
  const load = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { kind, path: imported } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement") load(imported);
    }
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    // What is imported later is an entry point too.
    if (entryPoint === "entry.js") load(path);
  }
  return found;
}
