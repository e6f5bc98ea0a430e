import { once } from "node:events";
import { createServer, type Http2Session, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import type { Link } from "@smartcall/link";
import { serveLinkStream } from "@smartcall/link/node";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { AgentRuntimeService, file_smartcall_v1_runtime, Health } from "@smartcall/protocol/proto";
import { pino } from "pino";
import type { Agent } from "./agent.js";
import { type AgentHost, createAgentHost } from "./agent-host.js";
import { createAgentLink } from "./create-agent-link.js";
import { createHealthRoutes } from "./create-health-routes.js";
import { execute } from "./execute.js";
import type { Logger } from "./logger.js";
import { onProcessSignals } from "./process-signals.js";
import { createReflectionRoutes } from "./reflection/create-reflection-routes.js";

/** How agents are served. */
export interface ServeOptions {
  /** Default: 0, a free one. */
  port?: number;
  /** Default: 127.0.0.1. */
  host?: string;
  /** Calls that run at once. Default: 4,096. */
  capacity?: number;
  /** Drain and close on the first SIGTERM or SIGINT. Default: true. */
  signals?: boolean;
  /** How long running calls have to end when it closes. Default: 10,000. */
  graceMs?: number;
  /** Where to log. Default: JSON lines on standard output by pino. */
  log?: Logger;
}

/** Agents that wait for gateways to dial them. */
export interface AgentServer extends AsyncDisposable {
  /** `http://host:port`. */
  readonly url: string;
  /** Takes no further calls, lets those that run end within the grace, and stops. */
  close(): Promise<void>;
}

const linkPath = `/${AgentRuntimeService.typeName}/Link`;

/**
 * Serves agents over gRPC in cleartext HTTP/2: the link, `Execute`, `Describe`, `grpc.health.v1`
 * and server reflection.
 *
 * @throws when the port is taken.
 */
export async function serve(
  agents: readonly Agent[],
  options: ServeOptions = {},
): Promise<AgentServer> {
  const { port = 0, host: address = "127.0.0.1", signals = true, graceMs = 10_000 } = options;
  const { capacity, log = pino() } = options;
  const host = createAgentHost(agents, { log, ...(capacity !== undefined && { capacity }) });
  const health = createHealthRoutes([AgentRuntimeService.typeName]);
  const links = new Set<Link<ProtocolTypes>>();
  const sessions = new Set<Http2Session>();
  const reflection = createReflectionRoutes([file_smartcall_v1_runtime, Health.file]);
  // Never listens: turns the streams that it is handed into calls of the adapter.
  const rpc = createServer(
    connectNodeAdapter({
      routes(router) {
        addRuntime(router, host);
        health.routes(router);
        reflection(router);
      },
    }),
  );
  // The link bounds each exchange by itself; HTTP/2's windows must not be the narrow place.
  const server = createServer({ settings: { initialWindowSize: 4 * 1_024 * 1_024 } });
  server.on("session", (session) => {
    session.setLocalWindowSize(16 * 1_024 * 1_024);
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("sessionError", () => {});
  server.on("stream", (stream, headers, ...rest) => {
    if (headers[":path"] === linkPath) serveLink(stream, headers);
    else rpc.emit("stream", stream, headers, ...rest);
  });

  function serveLink(stream: ServerHttp2Stream, headers: Parameters<typeof serveLinkStream>[1]) {
    serveLinkStream(stream, headers, (carrier) => {
      const link = createAgentLink({
        side: "acceptor",
        host,
        carrier,
        onClose: () => links.delete(link),
        onHandlerError: (error) => log.error({ err: error }, "the runner of a call failed"),
      });
      links.add(link);
      return link;
    });
  }

  async function drainAndStop(): Promise<void> {
    forgetSignals();
    health.set(false);
    const stopped = once(server, "close");
    server.close();
    const timer = new AbortController();
    const late = delay(graceMs, undefined, { signal: timer.signal }).catch(() => {});
    const reason = "the agent's process is going away";
    const drained = Promise.all([host.drain(), ...[...links].map((link) => link.drain(reason))]);
    await Promise.race([drained, late]);
    timer.abort();
    host.abort({ reason: "INSTANCE_LOST", message: "The agent's process went away." });
    for (const link of links) link.close();
    health.end();
    const sent = [...sessions].map((session) => endSession(session));
    await Promise.all([stopped, ...sent]);
  }

  server.listen(port, address);
  await once(server, "listening");
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= drainAndStop();
    return closing;
  };
  const forgetSignals = signals ? onProcessSignals(() => void close()) : () => {};
  const url = urlOf(server.address() as AddressInfo);
  log.info({ url, agents: host.cards.map((card) => card.name) }, "serving agents");
  return { url, close, [Symbol.asyncDispose]: close };
}

function addRuntime(router: ConnectRouter, host: AgentHost): void {
  router.service(AgentRuntimeService, {
    execute: (request, { signal, timeoutMs, requestHeader }) =>
      execute(host, request, {
        signal,
        timeoutMs: timeoutMs(),
        traceparent: requestHeader.get("traceparent"),
      }),
    describe: () => ({ cards: [...host.cards] }),
  });
}

/** Lets a connection send what it has to, and ends it for good soon after. */
async function endSession(session: Http2Session): Promise<void> {
  if (session.destroyed) return;
  const timer = setTimeout(() => session.destroy(), 500);
  // Not `once`, which rejects when a client has broken off.
  const closed = new Promise((resolve) => session.once("close", resolve));
  session.close();
  await closed;
  clearTimeout(timer);
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
