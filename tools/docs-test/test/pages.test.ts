import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ManagedProcess, startProcess } from "@smartcall/scripts/managed-process";
import { type Stage, startStage } from "@smartcall/scripts/stage";
import { afterAll, beforeAll, expect, test } from "vitest";
import { matchesOutput } from "../src/match-output.ts";
import { makeProgramFolder, readPages, root, writeProgram } from "../src/pages.ts";
import type { Action } from "../src/plan.ts";
import type { Snippet } from "../src/snippets.ts";

const run = promisify(execFile);
/** Where `smartcall` is, as it would be once it is installed. */
const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const folder = makeProgramFolder();
const services: ManagedProcess[] = [];
let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 300_000);

afterAll(async () => {
  for (const service of services) await service.stop(5_000);
  await stage?.stop();
  rmSync(folder, { recursive: true });
});

for (const { path, actions } of readPages()) {
  for (const action of actions.filter(({ kind }) => kind !== "types")) {
    test(`${path}:${action.snippet.line}: the ${action.kind} does what the page says`, () =>
      act(path, action));
  }
}

async function act(path: string, action: Action): Promise<void> {
  const snippet = { ...action.snippet, text: stage.here(action.snippet.text) };
  const env = { SMARTCALL_URL: stage.url, NO_COLOR: "1", PATH: `${bin}:${process.env["PATH"]}` };
  if (action.kind === "service") {
    const args = [writeProgram(folder, path, snippet)];
    services.push(startProcess({ name: path, command: process.execPath, args, env }));
    await stage.answers(action.until);
    return;
  }
  const [program, ...args] =
    action.kind === "shell"
      ? (["bash", "-c", `set -euo pipefail\n${snippet.text}`] as const)
      : ([process.execPath, writeProgram(folder, path, snippet)] as const);
  const { stdout } = await run(program, args, { cwd: root, env: { ...process.env, ...env } });
  if (action.kind !== "types") expectOutput(action.output, stdout);
}

function expectOutput(shown: Snippet | undefined, actual: string): void {
  if (shown === undefined || matchesOutput(stage.here(shown.text), actual)) return;
  expect(actual).toBe(shown.text);
}
