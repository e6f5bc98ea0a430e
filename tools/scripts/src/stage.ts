import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";
import { type ManagedProcess, startProcess } from "./managed-process.ts";
import { waitUntil } from "./wait-until.ts";

/** A gateway with its demo agents, as `npm start` runs them. */
export interface Stage {
  url: string;
  /** Replaces the address that pages speak of by this one's. */
  here(text: string): string;
  /** Resolves when a GET of the path answers 200. */
  answers(path: string): Promise<void>;
  stop(): Promise<void>;
}

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Starts a gateway and the demo agents on a free port. */
export async function startStage(): Promise<Stage> {
  const port = await freePort("127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  const running: ManagedProcess[] = [];
  const start = (name: string, path: string, env: Record<string, string>) => {
    const command = { command: process.execPath, args: [file(path)] };
    running.unshift(startProcess({ name, ...command, env }));
  };
  const answers = (path: string) =>
    waitUntil(
      `GET ${path} with 200`,
      async (signal) => {
        const dead = running.find(({ exit }) => exit !== undefined);
        if (dead) throw new Error(`The ${dead.name} ended: ${dead.lastLines().join("\n")}`);
        const response = await fetch(url + path, { signal });
        await response.body?.cancel();
        return response.ok;
      },
      { timeoutMs: 20_000 },
    );
  start("gateway", "apps/gateway/dist/main.js", {
    SMARTCALL_HOST: "127.0.0.1",
    SMARTCALL_PORT: String(port),
  });
  await answers("/readyz");
  start("demo agents", "apps/demo-agents/dist/main.js", { SMARTCALL_URL: url });
  for (const agent of ["echo", "calculator", "summarizer", "eliza", "team", "booking"]) {
    await answers(`/v1/agents/${agent}`);
  }
  return {
    url,
    here: (text) => text.replaceAll(/(127\.0\.0\.1|localhost):8080/g, `127.0.0.1:${port}`),
    answers,
    async stop() {
      for (const each of running) await each.stop(5_000);
    },
  };
}
