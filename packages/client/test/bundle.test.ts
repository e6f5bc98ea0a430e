import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

test("the client is at most 8 kB over the wire, and needs nothing of Node", async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: 'export { Smartcall, SmartcallError } from "@smartcall/client";',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
  });
  const external = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter((each) => each.external).map((each) => each.path),
  );
  expect(external).toEqual([]);
  const bytes = gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).byteLength;
  console.info(`client bundle: ${bytes} bytes gzipped`);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThanOrEqual(8000);
});
