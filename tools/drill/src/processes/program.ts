import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { nodeCommand } from "../../../config/node-command.ts";

/** How a program is started. */
export interface ProgramOptions {
  /** The file that Node runs. */
  readonly script: URL;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Called for each line that it prints. */
  readonly onLine?: (line: string) => void;
  /** Called for each event that it sends of its own accord. */
  readonly onEvent?: (event: unknown) => void;
}

/** What a program's process holds. */
export interface Figures {
  readonly rssBytes: number;
  /** After a full collection. */
  readonly heapBytes: number;
  /** What keeps its event loop alive, by kind. */
  readonly resources: Readonly<Record<string, number>>;
  /** How late its event loop was since the figures before, at p99. */
  readonly loopP99Ms: number;
}

const probe = new URL("./probe.js", import.meta.url);

/** A process of Node's that answers commands, and what it holds. */
export class Program implements AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #output = "";

  private constructor(name: string, pid: number, child: ChildProcess, options: ProgramOptions) {
    this.name = name;
    this.pid = pid;
    this.#child = child;
    // Its last words are there then, as they may not be when it exits.
    this.#exited = once(child, "close").then(() => this.#failAll());
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output = (this.#output + text).slice(-4000);
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) options.onLine?.(line);
      });
    }
    child.on(
      "message",
      (message: { id?: number; answer?: unknown; error?: string; event?: unknown }) => {
        if (message.id === undefined) {
          options.onEvent?.(message.event);
          return;
        }
        const waiting = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.error === undefined) waiting?.resolve(message.answer);
        else waiting?.reject(new Error(`${this.name}: ${message.error}`));
      },
    );
  }

  /** Starts a program; the probe that tells its figures is loaded before it. */
  static async start(name: string, options: ProgramOptions): Promise<Program> {
    const flags = ["--expose-gc", "--import", probe.href];
    const { args, env } = nodeCommand(fileURLToPath(options.script));
    const child = spawn(process.execPath, [...flags, ...args, ...(options.args ?? [])], {
      env: { ...process.env, NODE_OPTIONS: "", ...env, ...options.env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
    });
    await once(child, "spawn");
    if (child.pid === undefined) throw new Error(`${name} has no process id`);
    return new Program(name, child.pid, child, options);
  }

  /** Has the program carry out a command, and answers what it answers. */
  ask<Answer>(command: string, value?: unknown): Promise<Answer> {
    if (this.#hasEnded()) return Promise.reject(this.#ended());
    const waiting = Promise.withResolvers<unknown>();
    const id = ++this.#lastId;
    this.#waiting.set(id, waiting);
    this.#child.send({ id, command, value });
    return waiting.promise as Promise<Answer>;
  }

  /** What the process holds now. */
  figures(): Promise<Figures> {
    return this.ask<Figures>("figures");
  }

  /** Waits for something that comes only while the program runs. */
  whileRunning<T>(awaited: Promise<T>): Promise<T> {
    return Promise.race([awaited, this.#exited.then(() => Promise.reject(this.#ended()))]);
  }

  /** Tells the program to end with SIGTERM, and kills it when it still runs after 15 s. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#hasEnded()) return;
    const killer = setTimeout(() => this.#child.kill("SIGKILL"), 15_000);
    this.#child.kill("SIGTERM");
    await this.#exited;
    clearTimeout(killer);
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #ended(): Error {
    const status = this.#child.signalCode ?? `exit ${this.#child.exitCode}`;
    return new Error(`${this.name} has ended (${status})\n${this.#output}`);
  }

  #failAll(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended());
    this.#waiting.clear();
  }
}
