import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { nodeCommand } from "../../../tools/config/node-command.ts";
import { checkCall } from "../call.ts";
import { ServerProcess } from "../child-process.ts";
import type { Candidate, RunningCandidate, StartOptions } from "./candidate.ts";

const startupTimeoutMs = 20_000;

/**
 * The gateway as its binary runs it, every policy of the default configuration on, and an echo
 * agent that dials it over the link. Its log is written in full, to the null device.
 */
export const smartcall: Candidate = {
  name: "smartcall",
  description: "this gateway, all default policies on, an agent attached over the link",
  unavailable: gatewayUnavailable,
  start: (options) => startGateway("echo-agent", checkCall, options),
};

/** Why the gateway cannot run here; undefined when it can. */
async function gatewayUnavailable(): Promise<string | undefined> {
  return existsSync(gatewayMain()) ? undefined : "apps/gateway is not built";
}

/**
 * Starts the gateway, and a program of `src/servers` that attaches itself to it.
 *
 * @param check fails as long as the agent cannot be called.
 */
export async function startGateway(
  agentProgram: string,
  check: (url: string, signal: AbortSignal) => Promise<unknown>,
  { gatewayFlags = [], agentFlags = [] }: StartOptions = {},
): Promise<RunningCandidate & { readonly agent: ServerProcess }> {
  await using starting = new AsyncDisposableStack();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const command = nodeCommand(gatewayMain());
  const args = [...gatewayFlags, ...command.args, "serve", "--port", String(port)];
  const gateway = await startNode("smartcall", args, command.env);
  starting.use(gateway);
  const agentMain = fileURLToPath(new URL(`../servers/${agentProgram}.ts`, import.meta.url));
  const agent = await startNode(agentProgram, [...agentFlags, agentMain, url]);
  starting.use(agent);
  await gateway.whileRunning(agent.whileRunning(untilCalled(url, check)));
  const running = starting.move();
  return {
    url,
    gateway,
    agent,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The gateway's binary, where the package that is installed has it. */
function gatewayMain(): string {
  return fileURLToPath(new URL("main.js", import.meta.resolve("@smartcall/gateway")));
}

/** Starts a program whose log goes to the null device. */
function startNode(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  return ServerProcess.start(name, process.execPath, args, {
    env: { ...process.env, NODE_ENV: "production", ...env },
  });
}

/** Waits until a call is answered rightly. */
async function untilCalled(
  url: string,
  check: (url: string, signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const deadline = AbortSignal.timeout(startupTimeoutMs);
  for (;;) {
    try {
      await check(url, deadline);
      return;
    } catch (error) {
      if (deadline.aborted) throw error;
      await delay(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
