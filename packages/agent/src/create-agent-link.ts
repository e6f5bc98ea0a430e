import { create } from "@bufbuild/protobuf";
import { type Carrier, createLink, type Link, type LinkOptions } from "@smartcall/link";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { Frame_RegisterSchema } from "@smartcall/protocol/proto";
import type { AgentHost } from "./agent-host.js";
import type { Caller } from "./call-through-link.js";

/** What an agent's end of a link is made of. */
export interface AgentLinkInit
  extends Pick<
    LinkOptions<ProtocolTypes>,
    "side" | "token" | "instanceId" | "onControl" | "onDrain" | "onClose" | "onHandlerError"
  > {
  host: AgentHost;
  carrier: Carrier;
  /** Through which link agents call others. Default: this one. */
  callerOf?: (own: Link<ProtocolTypes>) => Caller;
}

/** Makes the end of a link behind which agents stand: it says hello, registers and takes calls. */
export function createAgentLink(init: AgentLinkInit): Link<ProtocolTypes> {
  const { host, callerOf = (own) => own, ...options } = init;
  const link: Link<ProtocolTypes> = createLink<ProtocolTypes>({
    ...options,
    codec: createProtobufCodec(),
    implementation: "smartcall-agent-js/1",
    accept: (exchange, open) => host.accept(exchange, open, callerOf(link)),
  });
  const { cards, capacity } = host;
  const value = create(Frame_RegisterSchema, { cards: [...cards], capacity });
  link.control({ case: "register", value });
  return link;
}
