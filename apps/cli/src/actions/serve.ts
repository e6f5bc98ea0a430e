import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

/**
 * Runs a gateway in place of this process, with the arguments for Node that its program asks for;
 * where a process cannot be replaced, beside it, handing on signals and the exit code.
 */
export async function runGateway(words: readonly string[]): Promise<number> {
  const main = fileURLToPath(new URL("main.js", import.meta.resolve("@smartcall/gateway")));
  const { flags, env } = firstLineOf(main);
  const args = [...flags, main, ...words];
  const environment = { ...env, ...process.env };
  // Windows has no such thing, and Node before 22.15 does not know it.
  if (process.platform !== "win32") {
    process.execve?.(process.execPath, [process.execPath, ...args], environment);
  }
  return runBeside(args, environment);
}

/** What the first line of a program asks for: `#!/usr/bin/env -S NAME=value node --flag`. */
function firstLineOf(path: string): { flags: string[]; env: Record<string, string> } {
  const [firstLine = ""] = readFileSync(path, "utf8").split("\n", 1);
  const words = /^#!.*?\benv -S (.+)$/.exec(firstLine)?.[1]?.trim().split(/\s+/) ?? [];
  const program = words.indexOf("node");
  const variables = words.slice(0, Math.max(0, program)).map((word) => {
    const [name = "", ...value] = word.split("=");
    return [name, value.join("=")] as const;
  });
  return { flags: words.slice(program + 1), env: Object.fromEntries(variables) };
}

async function runBeside(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: "inherit", env });
  // A terminal sends Ctrl-C to both processes; handing it on would make two of it.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}
