import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareGeneratedFiles, readGeneratedFiles } from "./generated-files.ts";
import { findLostRoutes } from "./http-routes.ts";
import { frozenImage, readFrozenImage, readImage, repositoryRoot } from "./image.ts";

/** Whether the contract is sound and everything made from it is fresh: `pnpm run check`. */
const checks: { name: string; run: () => string }[] = [
  { name: "generated files are fresh", run: checkGenerated },
  { name: "buf lint", run: () => command("buf", ["lint"]) },
  { name: "buf format", run: () => command("buf", ["format", "--diff", "--exit-code"]) },
  { name: "buf breaking", run: checkBreaking },
  { name: "no route is lost", run: checkRoutes },
  { name: "redocly lint", run: checkDocument },
  { name: "asyncapi parse", run: () => command("node", ["tools/codegen/src/asyncapi/lint.ts"]) },
];

const failures = checks.filter(({ name, run }) => {
  const complaint = run();
  console.log(complaint === "" ? `ok ${name}` : `FAILED ${name}\n${complaint}`);
  return complaint !== "";
});
console.log(`${checks.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Generates into place and names each file that this changed. */
function checkGenerated(): string {
  const before = readGeneratedFiles();
  const complaint = command("node", ["tools/codegen/src/main.ts"]);
  if (complaint !== "") return complaint;
  const differences = compareGeneratedFiles(before, readGeneratedFiles());
  return differences.length === 0
    ? ""
    : [...differences, "These were stale and are fresh now (pnpm generate): commit them."].join(
        "\n",
      );
}

/** Image against image, since `buf breaking` cannot compare a workspace of two modules. */
function checkBreaking(): string {
  const folder = mkdtempSync(join(tmpdir(), "smartcall-image-"));
  try {
    const image = join(folder, "image.binpb");
    const complaint = command("buf", ["build", "--output", image]);
    if (complaint !== "") return complaint;
    return command("buf", ["breaking", image, "--against", frozenImage, "--config", "buf.yaml"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function checkRoutes(): string {
  return findLostRoutes(readFrozenImage(), readImage())
    .map((route) => `lost  ${route}`)
    .join("\n");
}

function checkDocument(): string {
  return command("redocly", [
    "lint",
    "--config=tools/codegen/redocly.yaml",
    "--max-problems=50",
    "openapi/smartcall.v1.yaml",
    "openapi/smartcall.arazzo.yaml",
  ]);
}

/** Runs a command and answers what it wrote when it failed, else nothing. */
function command(name: string, args: string[]): string {
  const { status, error, stdout, stderr } = spawnSync(name, args, {
    cwd: repositoryRoot,
    encoding: "utf8",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  if (status === 0) return "";
  const lines = [error?.message, stdout, stderr].filter(Boolean).join("\n").trimEnd().split("\n");
  const shown = lines.slice(0, 100);
  if (shown.length < lines.length) shown.push(`… and ${lines.length - shown.length} lines more`);
  return shown.join("\n") || `${name} failed`;
}
