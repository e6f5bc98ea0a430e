import { defineConfig, type Options } from "tsup";

/** How every package is built: one ESM file per entry; `tsc` writes the declarations. */
export function library(options: Options & { entry: string[] }) {
  return defineConfig({
    format: "esm",
    target: "es2023",
    platform: "neutral",
    splitting: true,
    sourcemap: true,
    clean: true,
    dts: false,
    ...options,
  });
}
