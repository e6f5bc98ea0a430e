import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@smartcall/scripts/free-port";
import { startProcess } from "@smartcall/scripts/managed-process";
import { waitUntil } from "@smartcall/scripts/wait-until";
import { createFreshProject } from "./fresh-project.ts";
import type { LocalRegistry } from "./start-registry.ts";

/** A gateway and an agent, each a process, from what npm installed. */
export interface PublishedGateway extends AsyncDisposable {
  readonly url: string;
}

/** Installs `@smartcall/gateway` and `@smartcall/agent`, and runs the one with an agent of the other. */
export async function startPublishedGateway(registry: LocalRegistry): Promise<PublishedGateway> {
  await using stack = new AsyncDisposableStack();
  const packages = ["@smartcall/gateway", "@smartcall/agent"];
  const { directory } = await createFreshProject(registry, { packages, files: ["gateway"] });
  const port = await freePort("127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  const start = (name: string, command: string, args: string[], env: Record<string, string>) => {
    const started = startProcess({ name, command, args, env, cwd: directory });
    stack.defer(async () => {
      await started.stop(5_000);
    });
    return started;
  };
  const gateway = start("gateway", binaryOf(directory, "@smartcall/gateway"), [], {
    SMARTCALL_HOST: "127.0.0.1",
    SMARTCALL_PORT: String(port),
  });
  const isThere = async (path: string, signal: AbortSignal) => {
    const response = await fetch(url + path, { signal });
    await response.body?.cancel();
    return response.ok;
  };
  try {
    await waitUntil("The gateway's readiness", (signal) => isThere("/readyz", signal));
    const agent = start("agent", process.execPath, ["agent.js"], { SMARTCALL_URL: url });
    stack.defer(() => {
      if (agent.exit !== undefined) console.error(agent.lastLines().join("\n"));
    });
    await waitUntil("The agent", (signal) => isThere("/v1/agents/speller", signal));
  } catch (cause) {
    throw new Error(`The gateway said last:\n${gateway.lastLines().join("\n")}`, { cause });
  }
  const started = stack.move();
  return { url, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

/** The command that a package brings, as npm links it. */
function binaryOf(directory: string, name: string): string {
  const manifest = readFileSync(join(directory, "node_modules", name, "package.json"), "utf8");
  const [command = ""] = Object.keys((JSON.parse(manifest) as { bin: object }).bin);
  return join(directory, "node_modules/.bin", command);
}
