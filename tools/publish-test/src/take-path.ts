import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@smartcall/scripts/free-port";
import { startProcess } from "@smartcall/scripts/managed-process";
import { waitUntil } from "@smartcall/scripts/wait-until";
import { findSnippets } from "./read-pages.ts";
import { runCommand } from "./run-command.ts";
import type { LocalRegistry } from "./start-registry.ts";

/** What became of a new user. */
export interface PathTaken {
  /** What the program printed that waits, and the one that streams. */
  readonly waited: string;
  readonly streamed: string;
  /** How long the machine took, and reading all that was read, at 200 words a minute. */
  readonly machineSeconds: number;
  readonly readingSeconds: number;
}

const guide = "docs/guide/getting-started.md";
const fromNpm = "## From npm alone";

/**
 * Goes the way of somebody new, from an empty folder to a streamed answer: what the guide says to type
 * and the quick starts of both clients, as they stand. Prints each step with its time.
 */
export async function takePath(
  registry: LocalRegistry,
  print: (line: string) => void,
): Promise<PathTaken> {
  await using stack = new AsyncDisposableStack();
  const cwd = mkdtempSync(join(registry.folder, "path-"));
  const port = await freePort("127.0.0.1", 8080).catch(() => freePort("127.0.0.1"));
  if (port !== 8080) print(`Port 8080 is in use here; ${port} is written instead.`);
  const here = (text: string) => text.replaceAll("127.0.0.1:8080", `127.0.0.1:${port}`);
  const url = here("http://127.0.0.1:8080");
  const env = {
    ...registry.env,
    SMARTCALL_URL: url,
    SMARTCALL_PORT: String(port),
    // npx asks whether to install what it does not have.
    npm_config_yes: "true",
  };
  let machineSeconds = 0;
  let readingSeconds = 0;
  const step = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const begin = performance.now();
    const result = await run();
    const seconds = (performance.now() - begin) / 1000;
    machineSeconds += seconds;
    print(`${seconds.toFixed(1).padStart(6)} s  ${name}`);
    return result;
  };
  const read = (page: string, heading: string): string => {
    const [{ text, words }] = findSnippets(page, heading, "ts");
    const seconds = (words / 200) * 60;
    readingSeconds += seconds;
    print(`${seconds.toFixed(0).padStart(6)} s  reading ${words} words of ${page}`);
    return here(text);
  };
  const start = (name: string, command: string, args: string[]) => {
    const started = startProcess({ name, command, args, cwd, env });
    stack.defer(async () => {
      await started.stop(5_000);
    });
    return async (path: string) => {
      try {
        await waitUntil(path, async (signal) => {
          if (started.exit !== undefined) throw new Error(`The ${name} ended.`);
          const response = await fetch(url + path, { signal });
          await response.body?.cancel();
          return response.ok;
        });
      } catch (cause) {
        throw new Error(`The ${name} said last:\n${started.lastLines().join("\n")}`, { cause });
      }
    };
  };
  const typed = async (name: string, text: string) => {
    writeFileSync(join(cwd, name), text);
    const run = { command: process.execPath, args: [name], cwd, env };
    return step(`node ${name}`, () => runCommand(run));
  };

  const [serve, install] = findSnippets(guide, fromNpm, "sh");
  if (install === undefined) throw new Error(`${guide} does not say what to install.`);
  const agent = read(guide, fromNpm);
  await step(serve.text.trim(), () => start("gateway", "sh", ["-c", serve.text])("/readyz"));
  await step(install.text.trim(), () =>
    runCommand({ command: "sh", args: ["-c", install.text], cwd, env }),
  );
  writeFileSync(join(cwd, "agent.mjs"), agent);
  await step("node agent.mjs", () =>
    start("agent", process.execPath, ["agent.mjs"])("/v1/agents/summarizer"),
  );
  const client = read("packages/client/README.md", "# @smartcall/client");
  const waited = await typed("quick-start.mjs", client);
  const streaming = read("packages/streaming/README.md", "# @smartcall/streaming");
  const streamed = await typed("stream.mjs", streaming);
  print(`From an empty folder to "${streamed.trim()}":`);
  print(
    `${machineSeconds.toFixed(1)} s of the machine, ${readingSeconds.toFixed(0)} s of reading.`,
  );
  return { waited, streamed, machineSeconds, readingSeconds };
}
