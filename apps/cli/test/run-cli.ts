import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The built command line. */
export const cliMain: string = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** How a command is run. */
export interface RunOptions {
  env?: Record<string, string>;
  /** Standard input; none by default. */
  input?: string;
  cwd?: string;
}

/** A command under way. */
export interface RunningCommand {
  readonly child: ReturnType<typeof spawn>;
  readonly out: { stdout: string; stderr: string };
  /** Resolves with the exit code once all output is there. */
  readonly exit: Promise<number>;
  /** Resolves once standard output or error holds this. */
  says(text: string): Promise<void>;
}

/** Starts a command as a process of its own, with nothing of this environment that it looks at. */
export function startCli(words: readonly string[], options: RunOptions = {}): RunningCommand {
  const child = spawn(process.execPath, [cliMain, ...words], {
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  const out = { stdout: "", stderr: "" };
  const listeners = new Set<() => void>();
  const collect = (name: keyof typeof out) => (chunk: Buffer) => {
    out[name] += chunk;
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", collect("stdout"));
  child.stderr.on("data", collect("stderr"));
  // A command that ends without reading is nothing to fail of.
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const exit = once(child, "close").then(([code]) => code as number);
  return {
    child,
    out,
    exit,
    says(text) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = () => {
        if (!out.stdout.includes(text) && !out.stderr.includes(text)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void exit.then((code) => {
        reject(new Error(`it ended with ${code} and never said ${text}: ${out.stderr}`));
      });
      return promise;
    },
  };
}

/** Runs a command to its end. */
export async function runCli(
  words: readonly string[],
  options: RunOptions = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { out, exit } = startCli(words, options);
  const code = await exit;
  return { code, ...out };
}
