import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process of its own that runs a module of text against the built package. */
export function spawnAgent(module: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", module], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // With all that it has said, which may come after its exit.
  const exited = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  const lines = createInterface(child.stdout);
  return {
    child,
    exited,
    /** The next line of its log with this message. */
    async logged(text: string): Promise<Record<string, unknown>> {
      try {
        for await (const line of lines) {
          if (line.includes(text)) return JSON.parse(line) as Record<string, unknown>;
        }
      } finally {
        // What nobody reads any more would keep it open.
        child.stdout.resume();
      }
      throw new Error(`the process ended without saying "${text}"`);
    },
    stop: () => child.kill("SIGKILL"),
  };
}
