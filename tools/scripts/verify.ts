// Runs everything that must hold, and prints what it adds up to as the last line.
// `--only <step>` (repeatable) runs some of it.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { addReports, removeReports } from "./src/reports.ts";
import type { Step } from "./src/run-step.ts";
import { verify } from "./src/verify.ts";
import { findPackages } from "./src/workspace.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { only = [] } = parseArgs({ options: { only: { type: "string", multiple: true } } }).values;
const packages = findPackages(root);
const turbo = (task: string): Step["command"] => [
  "turbo",
  "run",
  task,
  "--continue=dependencies-successful",
  "--output-logs=errors-only",
  "--log-order=grouped",
  "--concurrency=2",
];

const steps: Step[] = [
  { name: "build", command: turbo("build") },
  {
    name: "generated code",
    command: ["pnpm", "--silent", "--filter", "@smartcall/codegen", "check"],
  },
  { name: "format and lint", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "types", command: turbo("types") },
  { name: "import cycles", command: ["pnpm", "--silent", "cycles"] },
  { name: "unused code", command: ["knip", "--treat-config-hints-as-errors"] },
  {
    name: "tests",
    // Two packages at once, as tests wait more than they compute: 4 minutes on two cores, not 6.
    command: turbo("test"),
    // More than it needs where others share the machine, so that a slow run is no failed one.
    timeoutMs: 900_000,
    count: () => addReports(packages, "test", "vitest.json"),
  },
  { name: "conformance", command: ["pnpm", "--silent", "conformance"] },
  {
    name: "packages",
    command: turbo("package"),
    count: () => addReports(packages, "package", "package.json"),
  },
  // Each makes what it needs in folders of its own, and skips what the machine has no language for.
  { name: "python SDK", command: ["sh", "sdks/python/test.sh"] },
  { name: "go SDK", command: ["sh", "sdks/go/test.sh"] },
  {
    name: "clean tree",
    command: ["sh", "-c", 'git status --porcelain; test -z "$(git status --porcelain)"'],
    skip: whyNoCleanTree(),
  },
];
const unknown = only.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `No such step: ${unknown}. There are: ${steps.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}

// Checks neither ask questions nor phone home.
Object.assign(process.env, {
  CI: process.env["CI"] || "true",
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  REDOCLY_TELEMETRY: "off",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => process.exit(1));
}
removeReports(packages);
process.exitCode = await verify({
  steps: only.length > 0 ? steps.filter(({ name }) => only.includes(name)) : steps,
  cwd: root,
  print: (line) => console.log(process.stdout.isTTY ? `\u001b[2K${line}` : line),
  announce: process.stdout.isTTY ? (name) => process.stdout.write(`…       ${name}\r`) : undefined,
});

function whyNoCleanTree(): string | undefined {
  try {
    const status = execFileSync("git", ["status", "--porcelain"], { cwd: root, stdio: "pipe" });
    return status.length === 0 ? undefined : "there were changes before";
  } catch {
    return "this is no git checkout";
  }
}
