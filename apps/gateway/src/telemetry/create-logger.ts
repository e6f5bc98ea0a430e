import { destination, type Logger, pino } from "pino";
import { build as prettyStream } from "pino-pretty";
import type { GatewayConfig } from "../config/gateway-config.js";
import { LineBatch } from "./line-batch.js";

/**
 * The gateway's logger: JSON lines on standard output, pretty ones on a terminal.
 *
 * JSON lines are written in batches, at the latest after 100 ms and when the process ends; a
 * process that is killed may lose the last of them.
 */
export function createLogger(log: GatewayConfig["log"]): Logger {
  const pretty =
    log.format === "pretty" || (log.format === "auto" && process.stdout.isTTY === true);
  if (pretty) {
    const stream = prettyStream({
      colorize: process.stdout.isTTY === true,
      ignore: "pid,hostname",
    });
    return pino({ level: log.level }, stream);
  }
  const lines = new LineBatch(destination({ dest: 1, sync: true }));
  process.once("exit", () => {
    try {
      lines.flushSync();
    } catch {
      // The pipe was closed before a line was written to it.
    }
  });
  return pino({ level: log.level, base: null }, lines);
}
