import { type ChildProcess, execFile, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** Where, with what and how long a command runs. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the command early. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its end and answers what it wrote to stdout.
 *
 * @throws {Error} when it ends otherwise than with 0; its message holds stderr.
 */
export async function runToEnd(
  command: string,
  args: readonly string[],
  { cwd, env, signal }: CommandOptions = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, {
    ...(cwd && { cwd }),
    ...(env && { env }),
    ...(signal && { signal }),
    maxBuffer: 16 << 20,
  });
  return stdout;
}

/** Whether a program of this name can be started. */
export async function isOnPath(program: string): Promise<boolean> {
  return runToEnd("sh", ["-c", `command -v ${program}`]).then(
    () => true,
    () => false,
  );
}

/** How a server is started. */
export interface ServerOptions {
  /** The environment; this process's when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether its first line is `{"port":N}`; false when absent. */
  readonly announces?: boolean;
}

/** A program that runs until it is told to end. */
export class ServerProcess implements AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  /** It has exited, and all that it wrote is there. */
  readonly #closed: Promise<unknown>;
  #errorOutput = "";

  private constructor(name: string, pid: number, child: ChildProcess) {
    this.name = name;
    this.pid = pid;
    this.#child = child;
    this.#exited = once(child, "exit");
    this.#closed = once(child, "close");
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-4000);
    });
  }

  /**
   * Starts a program. What it writes to stdout goes to the null device, unless it announces its
   * port there.
   */
  static async start(
    name: string,
    command: string,
    args: readonly string[],
    { announces = false, env = process.env }: ServerOptions = {},
  ): Promise<ServerProcess> {
    const stdio: StdioOptions = ["ignore", announces ? "pipe" : "ignore", "pipe"];
    const child = spawn(command, args, { env, stdio });
    await once(child, "spawn");
    if (child.pid === undefined) throw new Error(`${name} has no process id`);
    return new ServerProcess(name, child.pid, child);
  }

  /** The port that the program says it listens on: its first line is `{"port":N}`. */
  async port(): Promise<number> {
    if (this.#child.stdout === null) throw new Error(`${this.name} announces nothing`);
    const lines = createInterface({ input: this.#child.stdout });
    const [line] = await this.whileRunning(once(lines, "line"));
    return (JSON.parse(String(line)) as { port: number }).port;
  }

  /** Waits for something that comes only while the program runs. */
  async whileRunning<T>(awaited: Promise<T>): Promise<T> {
    const exited = this.#closed.then(() => {
      throw new Error(`${this.name} has ended (${this.#exitStatus()})\n${this.#errorOutput}`);
    });
    return Promise.race([awaited, exited]);
  }

  /** Tells the program to end with SIGTERM, and kills it when it still runs after 10 s. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const killer = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    this.#child.kill("SIGTERM");
    await this.#exited;
    clearTimeout(killer);
  }

  #exitStatus() {
    return this.#child.signalCode ?? `exit ${this.#child.exitCode}`;
  }
}
