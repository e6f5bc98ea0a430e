import { execFile } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ManagedProcess, startProcess } from "@smartcall/scripts/managed-process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { matchesOutput } from "../src/match-output.ts";
import { planPage } from "../src/plan.ts";
import { findSnippets, type Snippet } from "../src/snippets.ts";
import { type Stage, startStage } from "../src/stage.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
// Below this package, so that the programs find what it depends on.
const programs = fileURLToPath(new URL("../.programs", import.meta.url));
const pages = ["README.md", ...globSync("docs/guide/*.md", { cwd: root }).sort()].map((path) => ({
  path,
  actions: planPage(findSnippets(readFileSync(join(root, path), "utf8"))),
}));

let stage: Stage;
const services: ManagedProcess[] = [];

beforeAll(async () => {
  rmSync(programs, { recursive: true, force: true });
  mkdirSync(programs);
  stage = await startStage();
}, 60_000);

afterAll(async () => {
  for (const service of services) await service.stop(5_000);
  await stage?.stop();
  rmSync(programs, { recursive: true, force: true });
});

/** Writes a program where it can be run, and names the file after its place. */
function write(page: string, { line, text }: Snippet): string {
  const name = `${page.replaceAll(/\W/g, "-")}-${line}.ts`;
  writeFileSync(join(programs, name), `${stage.here(text)}\nexport {};\n`);
  return join(programs, name);
}

const environment = () => ({ ...process.env, SMARTCALL_URL: stage.url, NO_COLOR: "1" });

function expectOutput(shown: Snippet | undefined, actual: string): void {
  if (shown === undefined || matchesOutput(stage.here(shown.text), actual)) return;
  expect(actual).toBe(shown.text);
}

for (const { path, actions } of pages) {
  for (const action of actions) {
    const { kind, snippet } = action;
    test(`${path}:${snippet.line} (${kind}) does what it says`, async () => {
      if (kind === "shell") {
        const script = `set -euo pipefail\n${stage.here(snippet.text)}`;
        const { stdout } = await run("bash", ["-c", script], { cwd: root, env: environment() });
        expectOutput(action.output, stdout);
        return;
      }
      const program = write(path, snippet);
      if (kind === "program") {
        const { stdout } = await run(process.execPath, [program], { env: environment() });
        expectOutput(action.output, stdout);
      }
      if (kind === "service") {
        const start = { name: path, command: process.execPath, args: [program], show: false };
        services.push(startProcess({ ...start, env: { SMARTCALL_URL: stage.url } }));
        await stage.answers(action.until);
      }
    });
  }
}

test("all programs of the pages have the right types", async () => {
  const config = {
    extends: "../tsconfig.json",
    compilerOptions: { lib: ["es2023", "esnext.disposable", "dom", "dom.iterable"] },
    include: ["*.ts"],
  };
  writeFileSync(join(programs, "tsconfig.json"), JSON.stringify(config));
  const result = await run("tsc", ["-p", join(programs, "tsconfig.json")]).catch((error) => error);
  expect(result.stdout).toBe("");
});
