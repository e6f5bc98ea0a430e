import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Starts a process of agents, a file of this folder, and waits until they are attached. */
export async function startAgents(
  file: string,
  url: string,
): Promise<{ child: ChildProcess; [Symbol.asyncDispose](): Promise<void> }> {
  const child = spawn(process.execPath, [new URL(file, import.meta.url).pathname], {
    env: { ...process.env, SMARTCALL_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout ?? []) {
    if (String(chunk).includes("ready\n")) break;
  }
  child.stdout?.resume();
  return {
    child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
