import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { checkCall } from "../call.ts";
import { ServerProcess } from "../child-process.ts";
import { repositoryDirectory } from "../directories.ts";
import type { Candidate } from "./candidate.ts";
import { startNodeServer } from "./start-node-server.ts";

const gatewayMain = join(repositoryDirectory, "apps/gateway/dist/main.js");
const startupTimeoutMs = 20_000;

/**
 * The gateway as its binary runs it, every policy of the default configuration on, and an echo
 * agent that dials it over the link. Its log is written in full, to the null device.
 */
export const smartcall: Candidate = {
  name: "smartcall",
  description: "this gateway, all default policies on, an agent attached over the link",
  async unavailable() {
    return existsSync(gatewayMain) ? undefined : "apps/gateway is not built";
  },
  async start({ gatewayFlags = [], agentFlags } = {}) {
    await using starting = new AsyncDisposableStack();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const args = [...gatewayFlags, gatewayMain, "serve", "--port", String(port)];
    const env = { ...process.env, NODE_ENV: "production" };
    const gateway = await ServerProcess.start("smartcall", process.execPath, args, { env });
    starting.use(gateway);
    const agent = await startNodeServer("echo-agent", { args: [url], flags: agentFlags });
    starting.use(agent.process);
    await gateway.whileRunning(agent.process.whileRunning(untilCalled(url)));
    const running = starting.move();
    return {
      url,
      gateway,
      agent: agent.process,
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  },
};

/** Waits until a call is answered rightly. */
async function untilCalled(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(startupTimeoutMs);
  for (;;) {
    try {
      await checkCall(url, deadline);
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
