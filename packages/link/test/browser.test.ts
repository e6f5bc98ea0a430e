import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

// What a browser needs for a link of JSON over a WebSocket.
const program = `
  export { createLink } from "./src/index.js";
  export { createJsonCodec } from "./src/json.js";
  export { dialWebSocket } from "./src/websocket.js";
`;

test("a link of JSON over a WebSocket is small, and takes neither Node nor a protobuf runtime", async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: program,
      resolveDir: fileURLToPath(new URL("../", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => /bufbuild|_pb\.js|\/node\//.test(path))).toEqual([]);
  const bytes = gzipSync(outputFiles[0]?.contents ?? "").length;
  console.log(`the browser's link: ${bytes} bytes, minified and gzipped`);
  expect(bytes).toBeLessThan(20_000);
});
