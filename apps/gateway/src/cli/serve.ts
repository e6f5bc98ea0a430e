import type { GatewayConfig } from "../config/gateway-config.js";
import { isLoopback } from "../config/load-config.js";
import { createGateway } from "../gateway.js";
import { createLogger } from "../telemetry/create-logger.js";
import { spareHeap } from "./spare-heap.js";

/** Runs a gateway until the process is told to stop; a second signal stops it at once. */
export async function serve(config: GatewayConfig): Promise<number> {
  const logger = createLogger(config.log);
  const gateway = createGateway({ ...config, logger });
  let url: string;
  try {
    ({ url } = await gateway.listen());
  } catch (error) {
    process.stderr.write(`smartcall-gateway: ${whyNot(error as NodeJS.ErrnoException, config)}\n`);
    return 1;
  }
  const door = isLoopback(config.host) ? "this machine only" : "ANYBODY who reaches it";
  logger.info(`open without a credential to ${door}: ${url}`);
  const stopSparing = spareHeap(gateway);
  await stopSignal();
  await gateway.close();
  stopSparing();
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    function onSignal(): void {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    }
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });
}

function whyNot(error: NodeJS.ErrnoException, { host, port }: GatewayConfig): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `port ${port} of ${host} is taken; choose another with --port or SMARTCALL_PORT`;
    case "EACCES":
      return `port ${port} needs rights this process lacks; choose one over 1024`;
    case "EADDRNOTAVAIL":
      return `${host} is no address of this machine; see --host`;
    default:
      return `cannot listen on ${host}:${port}: ${error.message}`;
  }
}
