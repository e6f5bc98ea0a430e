import { spawn } from "node:child_process";

/** A command that is run to its end. */
export interface Command {
  command: string;
  args?: readonly string[];
  cwd?: string;
  /** Added to this process' environment. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Killed after this long, with all that it started; 300,000 when absent. */
  timeoutMs?: number;
}

/**
 * Runs a command and answers what it wrote to stdout.
 *
 * @throws {Error} with all that it wrote, when it fails or takes too long.
 */
export function runCommand({ command, args = [], cwd, env, timeoutMs }: Command): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let all = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    all += text;
  });
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, timeoutMs ?? 300_000);
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`${[command, ...args].join(" ")} ${why}:\n${all.trimEnd()}`));
    child.once("error", (error) => {
      clearTimeout(timer);
      fail(`could not be started: ${error.message}`);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(stdout);
      else fail(`ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}
