import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { createAgentHost, serve } from "@smartcall/agent";
import { createLink, type Link } from "@smartcall/link";
import { dialLink } from "@smartcall/link/node";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { Instance_Upstream } from "@smartcall/protocol/proto";
import { pino } from "pino";
import { GrpcUpstream } from "./grpc-upstream.js";
import { createInProcessUpstream } from "./in-process-upstream.js";
import { LinkUpstream } from "./link-upstream.js";
import { describeUpstream, specAgents } from "./upstream.spec.js";

const silent = { signals: false, log: pino({ enabled: false }) };

describeUpstream("in process", async () => {
  const upstream = createInProcessUpstream(
    createAgentHost(specAgents, { log: silent.log }),
    (exchange) => {
      exchange.close({ reason: "NOT_IMPLEMENTED", refused: true });
      return {};
    },
  );
  return { upstream, takesMessages: true, close: () => upstream.close() };
});

describeUpstream("link", async () => {
  const server = await serve(specAgents, silent);
  const { promise, resolve } = Promise.withResolvers<Link<ProtocolTypes>>();
  await dialLink({
    url: server.url,
    path: "/smartcall.v1.AgentRuntimeService/Link",
    connect: (carrier) => {
      const link: Link<ProtocolTypes> = createLink<ProtocolTypes>({
        side: "dialer",
        carrier,
        codec: createProtobufCodec(),
        implementation: "test/1",
      });
      resolve(link);
      return link;
    },
  });
  const upstream = new LinkUpstream(await promise, Instance_Upstream.LINK, server.url);
  return {
    upstream,
    takesMessages: true,
    close: async () => {
      await upstream.close();
      await server.close();
    },
  };
});

describeUpstream("gRPC Execute", async () => {
  const server = await serve(specAgents, silent);
  const sessionManager = new Http2SessionManager(server.url);
  const transport = createGrpcTransport({ baseUrl: server.url, sessionManager });
  const upstream = new GrpcUpstream(server.url, transport);
  return {
    upstream,
    takesMessages: false,
    close: async () => {
      await upstream.close();
      sessionManager.abort();
      await server.close();
    },
  };
});
