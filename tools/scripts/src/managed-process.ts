import { spawn } from "node:child_process";
import { LastLines } from "./last-lines.ts";

/** How a program is started. */
export interface ProcessStart {
  /** What messages call it, such as `gateway`. */
  name: string;
  command: string;
  args?: readonly string[];
  /** Added to this process' environment. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Takes each piece that it writes to stdout. */
  onOutput?: (piece: string) => void;
}

/** How a program ended. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  error?: Error;
}

/** A program that runs beside this one. */
export interface ManagedProcess {
  readonly name: string;
  /** Resolves when it has ended, however it did; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** How it ended, once it has. */
  readonly exit: ProcessExit | undefined;
  /** Shows what it writes from now on, or its stderr alone; until then nothing is shown. */
  show(what: "everything" | "stderr"): void;
  /** The last lines it wrote: those of stderr, or of stdout when stderr is empty. */
  lastLines(): readonly string[];
  /** Sends SIGTERM, then SIGKILL after `graceMs`, and resolves when it has ended. */
  stop(graceMs: number): Promise<ProcessExit>;
  /** Sends SIGKILL to it and to whatever it started. */
  kill(): void;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C on the terminal reaches this
 * process alone, which then stops its programs in the order they need.
 */
export function startProcess(start: ProcessStart): ManagedProcess {
  let shown: "nothing" | "everything" | "stderr" = "nothing";
  const child = spawn(start.command, start.args ?? [], {
    cwd: start.cwd,
    env: { ...process.env, ...start.env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout = new LastLines();
  const stderr = new LastLines();
  child.stdout.on("data", (chunk: Buffer) => {
    stdout.add(chunk.toString());
    start.onOutput?.(chunk.toString());
    if (shown === "everything") process.stdout.write(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr.add(chunk.toString());
    if (shown !== "nothing") process.stderr.write(chunk);
  });

  let exit: ProcessExit | undefined;
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once("error", (error) => {
      if (child.pid !== undefined) return;
      exit = { code: null, signal: null, error };
      resolve(exit);
    });
    child.once("exit", (code, signal) => {
      exit = { code, signal };
      const ended = exit;
      // What it started may hold its output open for ever: its last words get a moment.
      const lastWords = setTimeout(() => resolve(ended), 500);
      child.once("close", () => {
        clearTimeout(lastWords);
        resolve(ended);
      });
    });
  });

  function signalGroup(signal: NodeJS.Signals): void {
    if (exit !== undefined || child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It ended in between.
    }
  }

  return {
    name: start.name,
    exited,
    get exit() {
      return exit;
    },
    show(what) {
      shown = what;
    },
    lastLines: () => (stderr.lines().length > 0 ? stderr.lines() : stdout.lines()),
    async stop(graceMs) {
      signalGroup("SIGTERM");
      const killer = setTimeout(() => signalGroup("SIGKILL"), graceMs);
      const ended = await exited;
      clearTimeout(killer);
      return ended;
    },
    kill: () => signalGroup("SIGKILL"),
  };
}
