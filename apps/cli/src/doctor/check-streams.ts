import { SmartcallStreaming } from "@smartcall/streaming";
import { exitCodes } from "../exit-code.js";
import type { CheckTarget, Finding } from "./finding.js";

/** Whether events arrive when they are sent: a proxy may hold them back. */
export async function checkStreams(target: CheckTarget): Promise<Finding> {
  const check = "streams";
  try {
    const events = clientOf(target).watchAgents({ signal: AbortSignal.timeout(target.patienceMs) });
    for await (const event of events) {
      if (event.type !== "connection") break;
    }
    return { check, verdict: "ok", detail: "server-sent events arrive at once" };
  } catch (error) {
    return {
      check,
      verdict: "failed",
      detail: `no event arrives: ${(error as Error).message}`,
      advice: "a proxy that buffers answers must not: X-Accel-Buffering, proxy_buffering off",
      exitCode: exitCodes.failed,
    };
  }
}

/** Whether a WebSocket can be opened. */
export async function checkRealtime(target: CheckTarget): Promise<Finding> {
  const check = "WebSocket";
  try {
    const session = await clientOf(target).connect({ timeoutMs: target.patienceMs });
    session.close();
    return { check, verdict: "ok", detail: "sessions can be opened" };
  } catch (error) {
    return {
      check,
      verdict: "warning",
      detail: `no session: ${(error as Error).message}`,
      advice: "let proxies pass Upgrade on; calls and streams work without",
    };
  }
}

function clientOf({ url, apiKey }: CheckTarget): SmartcallStreaming {
  return new SmartcallStreaming({ url, ...(apiKey !== undefined && { token: apiKey }) });
}
