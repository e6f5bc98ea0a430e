import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { exportNames } from "./export-names.ts";
import { type Form, formsOf, isDual, type PackedPackage, packPackage } from "./packed-package.ts";

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

/** Where an entry, or one form of it, has its declarations. */
interface Types {
  types?: string;
}

/** Checks a package as it would be published: what npm would send, not what stands in the folder. */
export async function checkPackage(check: PackageCheck): Promise<CheckResult[]> {
  using packed = packPackage(check.directory);
  const attempts: [title: string, run: () => void | Promise<void>][] = [
    ["holds what it should and nothing else", () => checkFiles(packed)],
    ["says what it needs each dependency for", () => checkDependencies(packed)],
    ["publint finds nothing", () => checkWithPublint(packed)],
    [
      isDual(packed.manifest)
        ? "its types are found by every resolver, and say what the code is"
        : "its types are found by every resolver of ESM",
      () => checkWithAttw(packed),
    ],
    ["exports the names that were reviewed", () => checkExports(packed, check.expectedExports)],
    ...formsOf(packed.manifest).map(({ entry, form }): [string, () => void] => [
      `${entry} can be ${form.replace(/e?$/, "ed")} where only its dependencies are installed`,
      () => checkNames(packed, entry, form),
    ]),
    ...Object.entries(packed.manifest.bin ?? {}).map(([command, path]): [string, () => void] => [
      `${command} runs where only its dependencies are installed`,
      () => checkCommand(packed, command, path),
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

/**
 * The names that a package's entries export, as text to be reviewed. An entry that can be required
 * says so, and stands twice where that gives other names than importing it.
 */
export function describeExports(packed: PackedPackage): string {
  const formsOfNames = new Map<string, string[]>();
  for (const { entry, form } of formsOf(packed.manifest)) {
    const names = exportNames(declarationsOf(packed, entry, form));
    const key = [entry, ...names].join("\n  ");
    formsOfNames.set(key, [...(formsOfNames.get(key) ?? []), form]);
  }
  return [...formsOfNames]
    .map(([text, forms]) => `${forms.includes("require") ? titled(text, forms) : text}\n`)
    .join("\n");
}

function titled(text: string, forms: readonly string[]): string {
  return text.replace(/^.*/, (entry) => `${entry} (${forms.join(", ")})`);
}

function checkFiles({ files }: PackedPackage): void {
  for (const needed of ["README.md", "LICENSE", "package.json"]) {
    if (!files.includes(needed)) throw new Error(`${needed} is missing`);
  }
  const known = /^(dist\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/;
  const unwanted = files.filter((file) => !known.test(file) || /\.(test|spec)\./.test(file));
  if (unwanted.length > 0) throw new Error(`holds ${unwanted.join(", ")}`);
}

function checkDependencies({ consumer, manifest }: PackedPackage): void {
  const readme = readFileSync(join(consumer, "node_modules", manifest.name, "README.md"), "utf8");
  const [, section = ""] = /^## Dependencies$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readme) ?? [];
  const isOurs = (name: string) => name === "smartcall" || name.startsWith("@smartcall/");
  const untold = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !isOurs(name) && !section.includes(`\`${name}\``),
  );
  if (untold.length > 0) {
    throw new Error(
      `README.md does not say under "## Dependencies" why it needs ${untold.join(", ")}`,
    );
  }
}

async function checkWithPublint({ consumer, manifest }: PackedPackage): Promise<void> {
  const pkgDir = join(consumer, "node_modules", manifest.name);
  const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
  const texts = messages.map((message) => formatMessage(message, pkg, { color: false }));
  if (texts.length > 0) throw new Error(texts.join("\n"));
}

function checkWithAttw({ tarball, manifest }: PackedPackage): void {
  const home = import.meta.resolve("@arethetypeswrong/cli/package.json");
  const attw = fileURLToPath(new URL("dist/index.js", home));
  const profile = isDual(manifest) ? "strict" : "esm-only";
  const quiet = ["--format", "ascii", "--no-color", "--no-emoji"];
  run(process.execPath, [attw, tarball, "--profile", profile, ...quiet]);
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

function checkNames(packed: PackedPackage, entry: string, form: Form): void {
  const specifier = JSON.stringify(packed.manifest.name + entry.slice(1));
  const print =
    'console.log(Object.keys(loaded).filter((name) => name !== "__esModule").join("\\n"))';
  const output = run(
    process.execPath,
    form === "import"
      ? ["--input-type=module", "-e", `const loaded = await import(${specifier}); ${print}`]
      : // What is ESM could be required too, but not by those whom this form is for.
        [
          "--no-experimental-require-module",
          "-e",
          `const loaded = require(${specifier}); ${print}`,
        ],
    packed.consumer,
  );
  const values = output.split("\n").filter((name) => name !== "");
  const declarations = declarationsOf(packed, entry, form);
  const declared = exportNames(declarations).filter((name) => !name.includes(" "));
  const disagreement = [
    ...values.filter((name) => !declared.includes(name)),
    ...declared.filter((name) => !values.includes(name)),
  ];
  if (disagreement.length > 0) {
    throw new Error(`code and declarations disagree about ${disagreement.join(", ")}`);
  }
}

function checkCommand({ manifest, consumer }: PackedPackage, command: string, path: string): void {
  const program = join(consumer, "node_modules", manifest.name, path);
  const output = run(process.execPath, [program, "--version"], consumer);
  if (!/\d+\.\d+\.\d+/.test(output)) throw new Error(`${command} --version says ${output}`);
}

function declarationsOf({ manifest, consumer }: PackedPackage, entry: string, form: Form): string {
  const target = manifest.exports[entry] as Partial<Record<Form, Types>> & Types;
  const { types = "" } = target[form] ?? target;
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
