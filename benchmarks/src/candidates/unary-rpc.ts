import type { Candidate } from "./candidate.ts";
import { startNodeServer } from "./start-node-server.ts";

/** One unary RPC a call through connect-node, behind a REST face on node:http. */
export const connectNode = unaryRpcCandidate({
  name: "connect-node",
  description: "REST face on node:http, one unary gRPC call through @connectrpc/connect-node",
  face: "connect-face",
  agent: "connect-agent",
});

/** One unary RPC a call through grpc-js, behind the same REST face. */
export const grpcJs = unaryRpcCandidate({
  name: "grpc-js",
  description: "REST face on node:http, one unary gRPC call through @grpc/grpc-js",
  face: "grpc-face",
  agent: "grpc-agent",
});

function unaryRpcCandidate(parts: {
  name: string;
  description: string;
  face: string;
  agent: string;
}): Candidate {
  return {
    name: parts.name,
    description: parts.description,
    async start({ gatewayFlags, agentFlags } = {}) {
      await using starting = new AsyncDisposableStack();
      const agent = await startNodeServer(parts.agent, { flags: agentFlags });
      starting.use(agent.process);
      const args = [`127.0.0.1:${agent.port}`];
      const gateway = await startNodeServer(parts.face, { args, flags: gatewayFlags });
      starting.use(gateway.process);
      const running = starting.move();
      return {
        url: `http://127.0.0.1:${gateway.port}`,
        gateway: gateway.process,
        agent: agent.process,
        [Symbol.asyncDispose]: () => running.disposeAsync(),
      };
    },
  };
}
