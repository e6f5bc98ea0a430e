import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** What a browser loads for a module: at once, and in all. */
async function bundle(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, sourcefile: "entry.js" },
    bundle: true,
    splitting: true,
    outdir: "out",
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents: bytes }) => [
      path.slice(path.lastIndexOf("out/")),
      gzipSync(bytes).byteLength,
    ]),
  );
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint);
  const atOnce = new Set<string>();
  const load = (path: string) => {
    if (atOnce.has(path)) return;
    atOnce.add(path);
    for (const each of metafile.outputs[path]?.imports ?? []) {
      if (each.kind === "import-statement") load(each.path);
    }
  };
  load(entry ?? "");
  const sum = (paths: Iterable<string>) =>
    [...paths].reduce((total, path) => total + (sizes.get(path) ?? Number.NaN), 0);
  const external = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter((each) => each.external).map((each) => each.path),
  );
  return {
    atOnce: sum(atOnce),
    inAll: sum(sizes.keys()),
    external,
    inputs: Object.keys(metafile.inputs),
  };
}

const main = 'export { SmartcallStreaming, SmartcallError } from "@smartcall/streaming";';

test("the client is at most 14 kB over the wire, a WebSocket 10 kB more, and needs nothing of Node", async () => {
  const { atOnce, inAll, external, inputs } = await bundle(main);
  console.info(`streaming bundle: ${atOnce} bytes gzipped, ${inAll} with what a WebSocket takes`);
  expect(external).toEqual([]);
  expect(inputs.filter((path) => path.includes("@bufbuild"))).toEqual([]);
  expect(atOnce).toBeGreaterThan(1_000);
  expect(atOnce).toBeLessThanOrEqual(14_000);
  expect(inAll).toBeLessThanOrEqual(24_000);
});

test("its entry connect brings its runtime, and nothing of Node", async () => {
  const { atOnce, external } = await bundle(
    `${main}\nexport * from "@smartcall/streaming/connect";`,
  );
  console.info(`streaming bundle with connect: ${atOnce} bytes gzipped`);
  expect(external).toEqual([]);
});

test("its entry proto loads protobuf's runtime with the first connection, and nothing of Node", async () => {
  const { atOnce, inAll, external, inputs } = await bundle(
    `${main}\nexport * from "@smartcall/streaming/proto";`,
  );
  console.info(`streaming bundle with proto: ${atOnce} bytes gzipped, ${inAll} in all`);
  expect(external).toEqual([]);
  expect(inputs.some((path) => path.includes("@bufbuild"))).toBe(true);
  expect(atOnce).toBeLessThanOrEqual(14_000);
});
