import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FreshProject } from "./fresh-project.ts";

/** How TypeScript resolves modules. */
export interface Resolution {
  /** What npm calls the compiler. */
  compiler: "typescript" | "typescript-5";
  moduleResolution: "node16" | "bundler" | "node10";
}

/** What is written goes with how it is resolved. */
const modules = { node16: "node16", bundler: "esnext", node10: "commonjs" } as const;

/** Compiles a project strictly, with the declarations of all packages checked, into `out/`. */
export async function compileProject(
  project: FreshProject,
  { compiler, moduleResolution }: Resolution,
): Promise<void> {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    target: "es2023",
    lib: ["es2023", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
    module: modules[moduleResolution],
    moduleResolution,
    outDir: "out",
  };
  const config = { compilerOptions, files: ["main.ts"] };
  writeFileSync(join(project.directory, "tsconfig.json"), JSON.stringify(config));
  const home = import.meta.resolve(`${compiler}/package.json`);
  await project.run(process.execPath, fileURLToPath(new URL("bin/tsc", home)));
}
