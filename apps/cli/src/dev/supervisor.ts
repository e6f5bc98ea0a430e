import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { DevMessage } from "./message.js";
import { nodeFlags } from "./node-flags.js";

/** What a {@link Supervisor} needs. */
export interface SupervisorOptions {
  /** The file with the agents. */
  file: string;
  /** The environment of their process. */
  env: NodeJS.ProcessEnv;
  onReady: (agents: readonly string[]) => void;
  /** @param keeps whether agents of before are still there. */
  onFailed: (message: string, keeps: boolean) => void;
  /** Something has changed, and is being run. */
  onChange: (path: string) => void;
}

const runner = fileURLToPath(new URL("./dev-runner.js", import.meta.url));

/** How long editors may take to write all that they save. */
const settleMs = 80;

/**
 * Keeps the agents of a file running: a change starts another process, and once the gateway has
 * taken that, the one before it is let go. One that fails changes nothing.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #flags: readonly string[];
  readonly #files = new Set<string>();
  readonly #watchers = new Map<string, FSWatcher>();
  /** Takes calls. */
  #current: ChildProcess | undefined;
  /** Has not come so far. */
  #next: ChildProcess | undefined;
  #settling: NodeJS.Timeout | undefined;
  readonly #running = new Set<Promise<unknown>>();

  /** @throws {UsageError} when this Node cannot run the file. */
  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#flags = nodeFlags(options.file);
  }

  start(): void {
    // What is replaced before the gateway took it has nothing that has to end well.
    this.#next?.kill("SIGKILL");
    const { file, env } = this.#options;
    const child = fork(runner, [file], { env, execArgv: [...this.#flags] });
    this.#next = child;
    const exited = once(child, "close");
    this.#running.add(exited);
    void exited.then(() => this.#running.delete(exited));
    child.on("message", (message) => this.#take(child, message as DevMessage));
    child.on("close", (code) => {
      if (child === this.#current) {
        this.#current = undefined;
        this.#options.onFailed(`the agents' process ended with ${code}`, false);
      } else if (child === this.#next) this.#next = undefined;
    });
  }

  /** Lets what runs end, then resolves. */
  async stop(): Promise<void> {
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers.values()) watcher.close();
    for (const child of [this.#current, this.#next]) letGo(child);
    this.#current = undefined;
    this.#next = undefined;
    await Promise.all(this.#running);
  }

  #take(child: ChildProcess, message: DevMessage): void {
    if (message.type === "file") this.#watch(message.path);
    if (child !== this.#next) return;
    if (message.type === "failed") {
      this.#next = undefined;
      this.#options.onFailed(message.message, this.#current !== undefined);
    } else if (message.type === "ready") {
      this.#next = undefined;
      letGo(this.#current);
      this.#current = child;
      this.#options.onReady(message.agents);
    }
  }

  /** Watches a file by its folder: editors write another file and give it the name. */
  #watch(path: string): void {
    this.#files.add(path);
    const folder = dirname(path);
    if (this.#watchers.has(folder)) return;
    const watcher = watch(folder, (_event, name) => {
      const changed = [...this.#files].find(
        (each) => dirname(each) === folder && (name === null || basename(each) === name),
      );
      if (changed === undefined) return;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => {
        this.#options.onChange(changed);
        this.start();
      }, settleMs);
    });
    watcher.on("error", () => this.#watchers.delete(folder));
    this.#watchers.set(folder, watcher);
  }
}

function letGo(child: ChildProcess | undefined): void {
  if (child?.connected) child.send("stop");
}
