import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { findBinary } from "./find-binary.ts";

/** A worker that runs. */
export interface Workerd extends AsyncDisposable {
  readonly url: string;
}

/** Runs `workerd.capnp` of a folder on a free port. */
export async function startWorkerd(directory: string): Promise<Workerd> {
  const workerd = await findBinary("workerd", "@cloudflare/workerd-linux-64/bin/workerd");
  const child = spawn(workerd, ["serve", "workerd.capnp", "--control-fd=3"], {
    cwd: directory,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const exited = once(child, "exit");
  const control = createInterface({ input: child.stdio[3] as Readable });
  const [line] = (await Promise.race([
    once(control, "line"),
    exited.then(() => Promise.reject(new Error("workerd ended before it listened."))),
  ])) as [string];
  const { port } = JSON.parse(line) as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
