import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** An example that runs, started with the command that its first line gives. */
export interface RunningExample extends AsyncDisposable {
  /** What it has printed so far, to both of its outputs. */
  output(): string;
  /** Types a line into it. */
  type(line: string): void;
  /** Resolves with its exit code. */
  ended(): Promise<number | null>;
}

/** Starts `pnpm --filter @smartcall/example-<name> start <words>` against a gateway. */
export function startExample(name: string, url: string, ...words: string[]): RunningExample {
  const args = ["--silent", "--filter", `@smartcall/example-${name}`, "start", ...words];
  const child: ChildProcess = spawn("pnpm", args, {
    cwd: root,
    // A group of its own, since pnpm starts what the script says below itself.
    detached: true,
    env: { ...process.env, SMARTCALL_URL: url, NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const closed = once(child, "close");
  return {
    output: () => output,
    type: (line) => child.stdin?.write(`${line}\n`),
    async ended() {
      await closed;
      return child.exitCode;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await closed;
    },
  };
}
