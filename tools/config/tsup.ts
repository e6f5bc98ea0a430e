import { execFileSync } from "node:child_process";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { commonJsDeclarations } from "./common-js-declarations.ts";

/** What {@link library} takes besides tsup's own options. */
interface LibraryOptions extends Options {
  entry: string[];
  /** Makes CommonJS as well, `.cjs` with `.d.cts`; false when absent. */
  dual?: boolean;
  /** Whether others import it, so that declarations are written; true when absent. */
  declarations?: boolean;
  /**
   * Dependencies that are ESM alone. Our CommonJS has them inside: what transpiles and mocks modules,
   * as Jest does, cannot `require` them.
   */
  esmOnly?: string[];
  /** Entries, as in `name` of `src/name.ts`, that nobody steps through, so that no source map is published. */
  generated?: string[];
}

/** How every package is built: one file per entry; `tsc` writes the declarations. */
export function library({
  dual = false,
  declarations = true,
  esmOnly = [],
  generated = [],
  ...options
}: LibraryOptions) {
  return defineConfig({
    format: dual ? ["esm", "cjs"] : "esm",
    target: "es2023",
    platform: "neutral",
    splitting: true,
    sourcemap: true,
    clean: true,
    treeshake: dual,
    dts: false,
    noExternal: esmOnly,
    esbuildPlugins: [insideCommonJsAlone(esmOnly)],
    ...options,
    async onSuccess() {
      if (declarations) execFileSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit" });
      if (dual) commonJsDeclarations("dist");
      removeSourceMaps(generated);
    },
  });
}

/** Removes the maps of entries, which are larger than the code, and the comments that point to them. */
function removeSourceMaps(entries: readonly string[]): void {
  for (const path of globSync(entries.map((name) => `dist/${name}.{js,cjs}`))) {
    rmSync(`${path}.map`);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replaceAll(/^\/\/# sourceMappingURL=.*\n?/gm, ""));
  }
}

/** Leaves packages outside of ESM; `noExternal` alone would put them into both. */
function insideCommonJsAlone(packages: readonly string[]): EsbuildPlugin {
  return {
    name: "inside-common-js-alone",
    setup({ initialOptions, onResolve }) {
      if (initialOptions.outExtension?.[".js"] === ".cjs") return;
      for (const name of packages) {
        onResolve({ filter: new RegExp(`^${name}(/|$)`) }, ({ path }) => ({
          path,
          external: true,
        }));
      }
    },
  };
}

type EsbuildPlugin = NonNullable<Options["esbuildPlugins"]>[number];
