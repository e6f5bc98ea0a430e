import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installTool } from "./install-tool.ts";
import { runCommand } from "./run-command.ts";
import type { LocalRegistry } from "./start-registry.ts";

/** The example that runs. */
export interface NextSite extends AsyncDisposable {
  readonly url: string;
}

const example = fileURLToPath(new URL("../../../examples/nextjs", import.meta.url));

/** Runs examples/nextjs with the SDK of a registry. */
export async function startNext(
  registry: LocalRegistry,
  env: Readonly<Record<string, string>>,
): Promise<NextSite> {
  await using stack = new AsyncDisposableStack();
  const home = await installTool("nextjs");
  const directory = mkdtempSync(join(registry.folder, "next-"));
  stack.defer(() => rmSync(directory, { recursive: true, force: true }));
  cpSync(join(example, "app"), join(directory, "app"), { recursive: true });
  // Neither below a node_modules, where Next.js compiles nothing, nor with links out of the project,
  // which it refuses to follow.
  cpSync(join(home, "node_modules"), join(directory, "node_modules"), { recursive: true });
  cpSync(join(home, "package.json"), join(directory, "package.json"));
  cpSync(join(home, "package-lock.json"), join(directory, "package-lock.json"));
  await runCommand({
    command: "npm",
    args: ["install", "--ignore-scripts", "--no-audit", "--no-fund", "@smartcall/streaming"],
    cwd: directory,
    env: registry.env,
  });
  const next = join(directory, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "dev", "--hostname", "127.0.0.1", "--port", "0"], {
    cwd: directory,
    env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, as it starts a server below itself.
    detached: true,
  });
  const exited = once(child, "exit");
  stack.defer(async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await exited;
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (found !== undefined && said.includes("Ready")) resolve(found);
      });
    }
    void exited.then(() => reject(new Error(`next dev ended:\n${said}`)));
  });
  const started = stack.move();
  return { url, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
