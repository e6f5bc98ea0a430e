import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installTool } from "./install-tool.ts";
import { runCommand } from "./run-command.ts";

/** A registry that nobody else sees. */
export interface LocalRegistry extends AsyncDisposable {
  readonly url: string;
  /** An empty folder that goes with the registry. */
  readonly folder: string;
  /** What makes npm, pnpm and changesets use it, with a cache of its own. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts a registry on a free port of 127.0.0.1. What it does not have itself it fetches from the
 * registry that npm is configured with. Disposing of it removes all that it kept.
 */
export async function startRegistry(): Promise<LocalRegistry> {
  await using stack = new AsyncDisposableStack();
  const home = await installTool("verdaccio");
  const folder = mkdtempSync(join(tmpdir(), "smartcall-registry-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const upstream = await npmConfig("registry");
  const authorities = await npmConfig("cafile");
  const program = fileURLToPath(new URL("registry-process.ts", import.meta.url));
  const child = fork(program, [home, folder, upstream], {
    env: {
      ...process.env,
      ...(authorities === "null" ? {} : { NODE_EXTRA_CA_CERTS: authorities }),
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  stack.defer(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const [port] = (await Promise.race([
    once(child, "message"),
    exited.then(() => Promise.reject(new Error("The registry ended before it listened."))),
  ])) as [number];
  const url = `http://127.0.0.1:${port}/`;
  const npmrc = join(folder, "npmrc");
  // npm publishes for nobody without a token; this one is never looked at.
  writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=anybody\n`);
  const started = stack.move();
  return {
    url,
    folder,
    env: npmEnvironment({
      userconfig: npmrc,
      registry: url,
      cache: join(folder, "cache"),
      provenance: "false",
    }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function npmConfig(key: string): Promise<string> {
  return (await runCommand({ command: "npm", args: ["config", "get", key] })).trim();
}

/** What an `npx -c` around this was told to run, which an npx below it would run too. */
const ofOuterNpx = ["call", "package"];

/** Settings of npm as variables, in the place of those that npm itself or a person has set. */
function npmEnvironment(settings: Record<string, string>): Record<string, string | undefined> {
  const name = /^p?npm_config_(.*)$/i;
  const replaced = new Set([...Object.keys(settings), ...ofOuterNpx]);
  const inherited = Object.keys(process.env).filter((key) =>
    replaced.has(name.exec(key)?.[1]?.toLowerCase() ?? ""),
  );
  return {
    ...Object.fromEntries(inherited.map((key) => [key, undefined])),
    ...Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [`npm_config_${key}`, value]),
    ),
  };
}
