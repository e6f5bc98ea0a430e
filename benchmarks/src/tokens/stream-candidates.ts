import { startGateway } from "../candidates/smartcall.ts";
import { startNodeServer } from "../candidates/start-node-server.ts";
import { binarySubprotocol, jsonSubprotocol, readOverWebSocket } from "./read-over-web-socket.ts";
import { readServerSentEvents } from "./read-server-sent-events.ts";
import type { StreamCandidate } from "./stream-candidate.ts";

const callPath = "/v1/agents/tokens/calls/stream";

/** The yardstick: a server that writes events of the same shape by itself. */
const bareSse: StreamCandidate = {
  name: "bare SSE",
  description: "node:http that writes one event at a time; no agent, no log",
  async start({ gatewayFlags } = {}) {
    const server = await startNodeServer("bare-sse-server", { flags: gatewayFlags });
    return {
      url: `http://127.0.0.1:${server.port}`,
      gateway: server.process,
      [Symbol.asyncDispose]: () => server.process[Symbol.asyncDispose](),
    };
  },
  read: (url, streams, pieces) =>
    together(streams, () => readServerSentEvents(`${url}/?count=${pieces}`, { method: "GET" })),
};

const gatewaySse: StreamCandidate = {
  name: "smartcall SSE",
  description: "this gateway, an agent over the link, server-sent events",
  start: startTokens,
  read: (url, streams, pieces) =>
    together(streams, () =>
      readServerSentEvents(url + callPath, {
        method: "POST",
        body: JSON.stringify({ text: String(pieces) }),
      }),
    ),
};

const gatewayJson: StreamCandidate = {
  name: "smartcall WebSocket JSON",
  description: "this gateway, all streams on one socket, smartcall.v1.json",
  start: startTokens,
  read: (url, streams, pieces) => readOverWebSocket(jsonSubprotocol, url, streams, pieces),
};

const gatewayBinary: StreamCandidate = {
  name: "smartcall WebSocket binary",
  description: "this gateway, all streams on one socket, smartcall.v1.proto",
  start: startTokens,
  read: (url, streams, pieces) => readOverWebSocket(binarySubprotocol, url, streams, pieces),
};

/** All of them, the yardstick first. */
export const streamCandidates: readonly StreamCandidate[] = [
  bareSse,
  gatewaySse,
  gatewayJson,
  gatewayBinary,
];

function startTokens(...[options]: Parameters<StreamCandidate["start"]>) {
  return startGateway(
    "token-agent",
    (url) => readServerSentEvents(url + callPath, { method: "POST", body: '{"text":"1"}' }),
    options,
  );
}

function together<T>(count: number, read: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, read));
}
