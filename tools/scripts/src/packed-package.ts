import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What of a package.json the checks look at. */
export interface Manifest {
  name: string;
  exports: Record<string, unknown>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** A package as a user would get it. */
export interface PackedPackage {
  manifest: Manifest;
  /** The tarball's path. */
  tarball: string;
  /** A folder with the package installed in its node_modules, next to what it declares to need. */
  consumer: string;
  /** The files of the tarball, relative to the package. */
  files: readonly string[];
  /** Removes it all. */
  [Symbol.dispose](): void;
}

/** Packs the package in `directory` and installs the tarball into an empty folder. */
export function packPackage(directory: string): PackedPackage {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  const tarball = join(folder, "package.tgz");
  execFileSync("pnpm", ["pack", "--out", tarball], { cwd: directory, stdio: "pipe" });
  const listing = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" });
  const source = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
  const consumer = join(folder, "consumer");
  const installed = join(consumer, "node_modules", source.name);
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Manifest;
  for (const name of Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies })) {
    const target = join(directory, "node_modules", name);
    if (!existsSync(target)) continue;
    const link = join(consumer, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
  return {
    manifest,
    tarball,
    consumer,
    files: listing
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, "")),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** How an entry is had: by `import`, or by `require` as well where it is CommonJS too. */
export type Form = "import" | "require";

/** The entries of a package that a program may have, such as `.` and `./node`, in each form. */
export function formsOf({ exports }: Manifest): { entry: string; form: Form }[] {
  return Object.entries(exports)
    .filter(([entry]) => entry !== "./package.json")
    .flatMap(([entry, target]) =>
      (hasRequire(target) ? (["import", "require"] as const) : (["import"] as const)).map(
        (form) => ({ entry, form }),
      ),
    );
}

/** Whether a package is CommonJS as well as ESM. */
export function isDual({ exports }: Manifest): boolean {
  return Object.values(exports).some(hasRequire);
}

function hasRequire(target: unknown): boolean {
  return typeof target === "object" && target !== null && "require" in target;
}
