import type { Candidate } from "./candidate.ts";
import { startNodeServer } from "./start-node-server.ts";

/** The yardstick: an answer of the same shape and size from node:http, with no agent at all. */
export const bare: Candidate = {
  name: "bare",
  description: "node:http that parses and stringifies; no agent, no policy",
  async start({ gatewayFlags } = {}) {
    const gateway = await startNodeServer("bare-server", { flags: gatewayFlags });
    return {
      url: `http://127.0.0.1:${gateway.port}`,
      gateway: gateway.process,
      [Symbol.asyncDispose]: () => gateway.process[Symbol.asyncDispose](),
    };
  },
};
