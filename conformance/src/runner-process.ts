import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { isJsonObject, type JsonObject } from "./json.ts";
import { readLines } from "./read-lines.ts";
import type { Runner } from "./runners.ts";

/** What a runner answers about a vector. */
export interface RunnerAnswer {
  readonly id: string;
  readonly result?: JsonObject;
  /** Why it cannot run this one. */
  readonly skipped?: string;
}

/** The exit code by which a runner says that it cannot run here. */
const cannotRun = 77;

/** A runner at work: a line of JSON in, a line of JSON out. */
export class RunnerProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting = new Map<string, (answer: RunnerAnswer | Error) => void>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended: Promise<Error>;
  #stderr = "";

  private constructor({ command: [program, ...args] }: Runner) {
    this.#child = spawn(program, args, { env: ownEnvironment(), stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stdin.on("error", () => {});
    this.#child.stderr.on("data", (chunk) => {
      this.#stderr = `${this.#stderr}${chunk}`.slice(-10_000);
    });
    void this.#hearAll();
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", resolve);
      this.#child.once("close", (code) =>
        resolve(new Error(`it ended with ${code}: ${this.#stderr}`)),
      );
    });
    void this.#ended.then((error) => {
      for (const tell of this.#waiting.values()) tell(error);
    });
  }

  /**
   * Starts a runner, and waits until it is built and takes vectors; answers why it cannot run here
   * instead.
   *
   * @throws {Error} when it ends otherwise.
   */
  static async start(runner: Runner): Promise<RunnerProcess | string> {
    const process = new RunnerProcess(runner);
    const error = await Promise.race([process.#ready.promise, process.#ended]);
    if (error === undefined) return process;
    if (process.#child.exitCode === cannotRun) return process.#stderr.trim();
    throw error;
  }

  /** Tells it something. */
  tell(line: JsonObject): void {
    this.#child.stdin.write(`${JSON.stringify(line)}\n`);
  }

  /**
   * Waits for what it answers about a vector.
   *
   * @throws {Error} when it ends, or says nothing for so long.
   */
  async answer(id: string, timeoutMs: number): Promise<RunnerAnswer> {
    const { promise, resolve } = Promise.withResolvers<RunnerAnswer | Error>();
    this.#waiting.set(id, resolve);
    const timer = setTimeout(() => {
      const said = this.#stderr.slice(-500);
      resolve(
        new Error(`it answered nothing within ${timeoutMs} ms; it said: ${said || "nothing"}`),
      );
    }, timeoutMs);
    if (this.#child.exitCode !== null) resolve(await this.#ended);
    const answer = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  /** Ends it: the end of its input says that there is no more. */
  async stop(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 30_000);
    await this.#ended;
    clearTimeout(timer);
  }

  async #hearAll(): Promise<void> {
    for await (const line of readLines(this.#child.stdout)) this.#hear(line);
  }

  #hear(line: string): void {
    try {
      const answer: unknown = JSON.parse(line);
      if (!isJsonObject(answer)) throw new Error("no object");
      if (answer["ready"] === true) this.#ready.resolve();
      else this.#waiting.get(String(answer["id"]))?.(answer as unknown as RunnerAnswer);
    } catch {
      this.#stderr += `no answer: ${line.slice(0, 200)}\n`;
    }
  }
}

/** The environment without what would make clients other than a vector says. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith("SMARTCALL_")));
}
