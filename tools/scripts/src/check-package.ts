import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { exportNames } from "./export-names.ts";
import { entriesOf, type PackedPackage, packPackage } from "./packed-package.ts";

/** What is checked, and against what. */
export interface PackageCheck {
  /** The package's folder, built. */
  directory: string;
  /** The names that its entries export, as they were reviewed; see {@link describeExports}. */
  expectedExports: string | undefined;
}

/** One thing that was checked; `problem` says what is wrong. */
export interface CheckResult {
  title: string;
  problem?: string;
}

/** Checks a package as it would be published: what npm would send, not what stands in the folder. */
export async function checkPackage(check: PackageCheck): Promise<CheckResult[]> {
  using packed = packPackage(check.directory);
  const attempts: [title: string, run: () => void | Promise<void>][] = [
    ["holds what it should and nothing else", () => checkFiles(packed)],
    ["publint finds nothing", () => checkWithPublint(packed)],
    ["its types are found by every resolver of ESM", () => checkWithAttw(packed)],
    ["exports the names that were reviewed", () => checkExports(packed, check.expectedExports)],
    ...entriesOf(packed.manifest).map((entry): [string, () => void] => [
      `${entry} can be imported where only its dependencies are installed`,
      () => checkImport(packed, entry),
    ]),
  ];
  const results: CheckResult[] = [];
  for (const [title, run] of attempts) {
    try {
      await run();
      results.push({ title });
    } catch (error) {
      results.push({ title, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return results;
}

/** The names that a package's entries export, as text to be reviewed. */
export function describeExports(packed: PackedPackage): string {
  return entriesOf(packed.manifest)
    .map((entry) => [entry, ...exportNames(declarationsOf(packed, entry))].join("\n  "))
    .map((paragraph) => `${paragraph}\n`)
    .join("\n");
}

function checkFiles({ files }: PackedPackage): void {
  for (const needed of ["README.md", "LICENSE", "package.json"]) {
    if (!files.includes(needed)) throw new Error(`${needed} is missing`);
  }
  const known = /^(dist\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/;
  const unwanted = files.filter((file) => !known.test(file) || /\.(test|spec)\./.test(file));
  if (unwanted.length > 0) throw new Error(`holds ${unwanted.join(", ")}`);
}

async function checkWithPublint({ consumer, manifest }: PackedPackage): Promise<void> {
  const pkgDir = join(consumer, "node_modules", manifest.name);
  const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
  const texts = messages.map((message) => formatMessage(message, pkg, { color: false }));
  if (texts.length > 0) throw new Error(texts.join("\n"));
}

function checkWithAttw({ tarball }: PackedPackage): void {
  const home = import.meta.resolve("@arethetypeswrong/cli/package.json");
  const attw = fileURLToPath(new URL("dist/index.js", home));
  run(process.execPath, [
    attw,
    tarball,
    "--profile",
    "esm-only",
    "--format",
    "ascii",
    "--no-color",
    "--no-emoji",
  ]);
}

function checkExports(packed: PackedPackage, expected: string | undefined): void {
  const actual = describeExports(packed);
  if (actual === expected) return;
  const lines = (text: string) => text.split("\n").map((line) => line.trim());
  const [before, now] = [lines(expected ?? ""), lines(actual)];
  const changes = [
    ...before.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
  throw new Error(
    `${changes.join("\n")}\nWhen that is wanted: pnpm --filter ${packed.manifest.name} run package --update`,
  );
}

function checkImport(packed: PackedPackage, entry: string): void {
  const specifier = packed.manifest.name + entry.slice(1);
  const program = `console.log(Object.keys(await import(${JSON.stringify(specifier)})).join("\\n"))`;
  const output = run(process.execPath, ["--input-type=module", "-e", program], packed.consumer);
  const values = output.split("\n").filter((name) => name !== "");
  const declared = exportNames(declarationsOf(packed, entry)).filter((name) => !name.includes(" "));
  const disagreement = [
    ...values.filter((name) => !declared.includes(name)),
    ...declared.filter((name) => !values.includes(name)),
  ];
  if (disagreement.length > 0) {
    throw new Error(`code and declarations disagree about ${disagreement.join(", ")}`);
  }
}

function declarationsOf({ manifest, consumer }: PackedPackage, entry: string): string {
  const { types } = manifest.exports[entry] as { types: string };
  return readFileSync(join(consumer, "node_modules", manifest.name, types), "utf8");
}

function run(program: string, args: readonly string[], cwd?: string): string {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${basename(program)} says:\n${stdout}${stderr}`, { cause: error });
  }
}
