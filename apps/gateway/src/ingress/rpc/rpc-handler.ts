import type { IncomingMessage, ServerResponse } from "node:http";
import type { DescMethod } from "@bufbuild/protobuf";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { createReflectionRoutes } from "@smartcall/agent/reflection";
import { Health } from "@smartcall/protocol/proto";
import { gatewayServices } from "../../services/create-service-handler.js";
import type { GatewayHandler } from "../../services/gateway-call.js";
import { healthRoutes } from "./health-routes.js";
import { rpcRoutes } from "./rpc-routes.js";

/** What the RPC faces lead to. */
export interface RpcHandlerOptions {
  methods: readonly DescMethod[];
  handler: GatewayHandler;
  /** Bytes of one message that are taken. */
  maxMessageBytes: number;
  /** Whether the gateway takes calls, for `grpc.health.v1`. */
  isReady: () => boolean;
  /** Aborted when the gateway begins to go away. */
  drainingSignal: AbortSignal;
}

/** RPCs are `POST /package.Service/Method`; a REST path never has a dot in its first segment. */
const rpcPath = /^\/[\w]+(?:\.\w+)+\/\w+(?:\?|$)/;

/** Whether a path is one of server reflection, which is asked one thing after the other for as long as one likes. */
export function isReflection(path: string): boolean {
  return path.startsWith("/grpc.reflection.");
}

/**
 * gRPC, gRPC-Web and Connect on one handler, with health and server reflection.
 *
 * Answers false, and does nothing, for a request that is no RPC.
 */
export function createRpcHandler(options: RpcHandlerOptions) {
  const reflectionRoutes = createReflectionRoutes([
    ...gatewayServices.map(({ file }) => file),
    Health.file,
  ]);
  const answer = connectNodeAdapter({
    routes: (router) => {
      rpcRoutes(options.methods, options.handler)(router);
      healthRoutes(options)(router);
      reflectionRoutes(router);
    },
    readMaxBytes: options.maxMessageBytes,
  });
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!rpcPath.test(request.url ?? "")) return false;
    answer(request, response);
    return true;
  };
}
