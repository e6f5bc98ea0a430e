import type { AgentHost } from "@smartcall/agent";
import {
  createLink,
  createMemoryCarriers,
  type IncomingExchange,
  type IncomingHandlers,
  type Link,
} from "@smartcall/link";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { Instance_Upstream } from "@smartcall/protocol/proto";
import { agentWindowBytes, LinkUpstream } from "./link-upstream.js";
import type { Upstream } from "./upstream.js";

const codec = createProtobufCodec();

/**
 * Reaches agents that run inside the gateway's process: a link over a pair of carriers in memory,
 * so that they are held to the same rules as agents elsewhere.
 *
 * @param accept takes the calls that these agents make of others.
 */
export function createInProcessUpstream(
  host: AgentHost,
  accept: (
    exchange: IncomingExchange<ProtocolTypes>,
    open: ProtocolTypes["open"],
  ) => IncomingHandlers<ProtocolTypes>,
): Upstream {
  const [gatewayEnd, agentEnd] = createMemoryCarriers();
  const common = { codec, windowBytes: agentWindowBytes, pingIntervalMs: 0 };
  const gatewayLink = createLink<ProtocolTypes>({
    ...common,
    side: "dialer",
    carrier: gatewayEnd,
    implementation: "smartcall-gateway/1",
    accept,
  });
  const agentLink: Link<ProtocolTypes> = createLink<ProtocolTypes>({
    ...common,
    side: "acceptor",
    carrier: agentEnd,
    implementation: "smartcall-agent/1",
    accept: (exchange, open) => host.accept(exchange, open, agentLink),
  });
  gatewayEnd.connect(gatewayLink);
  agentEnd.connect(agentLink);
  return new LinkUpstream(gatewayLink, Instance_Upstream.IN_PROCESS, "in process");
}
