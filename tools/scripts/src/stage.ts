import { fileURLToPath } from "node:url";
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
  let url = "";
  let said = "";
  const running: ManagedProcess[] = [];
  const start = (name: string, path: string, env: Record<string, string>) => {
    running.unshift(
      startProcess({
        name,
        command: process.execPath,
        args: [file(path)],
        env,
        onOutput: (piece) => {
          said += piece;
        },
      }),
    );
  };
  const comes = (what: string, probe: (signal: AbortSignal) => Promise<boolean>) =>
    waitUntil(what, (signal) => {
      const dead = running.find(({ exit }) => exit !== undefined);
      if (dead) throw new Error(`The ${dead.name} ended: ${dead.lastLines().join("\n")}`);
      return probe(signal);
    });
  const answers = (path: string) =>
    comes(`GET ${path} with 200`, async (signal) => {
      const response = await fetch(url + path, { signal });
      await response.body?.cancel();
      return response.ok;
    });
  // It takes a port that is free when it listens: one that was free before may be somebody's then.
  start("gateway", "apps/gateway/dist/main.js", {
    SMARTCALL_HOST: "127.0.0.1",
    SMARTCALL_PORT: "0",
    SMARTCALL_LOG_FORMAT: "json",
  });
  await comes("The gateway's address", async () => {
    url = /"url":"(http:[^"]+)"/.exec(said)?.[1] ?? "";
    return url !== "";
  });
  await answers("/readyz");
  start("demo agents", "apps/demo-agents/dist/main.js", { SMARTCALL_URL: url });
  for (const agent of ["echo", "calculator", "summarizer", "eliza", "team", "booking"]) {
    await answers(`/v1/agents/${agent}`);
  }
  return {
    url,
    here: (text) => text.replaceAll(/(127\.0\.0\.1|localhost):8080/g, new URL(url).host),
    answers,
    async stop() {
      for (const each of running) await each.stop(30_000);
    },
  };
}
