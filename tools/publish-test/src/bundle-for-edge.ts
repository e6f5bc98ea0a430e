import { join } from "node:path";
import { build } from "esbuild";

/** Bundles `worker.ts` of a folder into `worker.js`, and answers what is imported still. */
export async function bundleForEdge(directory: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(directory, "worker.ts")],
    outfile: join(directory, "worker.js"),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser", "import"],
    target: "es2023",
    metafile: true,
    logLevel: "silent",
  });
  return Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
}
