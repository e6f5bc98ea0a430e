import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The SDK as a script for pages, and how many bytes it is. */
export interface SdkBundle {
  /** Sets `window.sdk` to what `@smartcall/streaming` exports. */
  readonly script: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
}

/** Bundles `@smartcall/streaming` as an app that uses all of it would. */
export async function bundleSdk(): Promise<SdkBundle> {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "@smartcall/streaming";',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    write: false,
    logLevel: "error",
    format: "iife",
    globalName: "sdk",
    platform: "browser",
    target: "es2022",
  });
  const script = outputFiles[0]?.text ?? "";
  return { script, bytes: script.length, gzippedBytes: gzipSync(script).length };
}
