import { randomUUID } from "node:crypto";
import { type Carrier, createLink, type Link, type LinkOptions } from "@smartcall/link";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { AgentCard, Frame_Register, Instance_Upstream } from "@smartcall/protocol/proto";
import type { Logger } from "pino";
import { agentWindowBytes, LinkUpstream } from "../../upstream/link-upstream.js";
import { InstanceHost } from "../instance.js";
import type { Registry } from "../registry.js";

/** What an agent's link is made of. */
export interface AgentLinkOptions {
  /** Which side this gateway is. */
  side: LinkOptions<ProtocolTypes>["side"];
  carrier: Carrier;
  kind: Instance_Upstream;
  /** Where the other side is, for people. */
  address: string;
  /** Takes the calls that agents make of other agents. */
  accept: NonNullable<LinkOptions<ProtocolTypes>["accept"]>;
  registry: Registry;
  logger: Logger;
  /** Refuses a card that cannot be taken, by throwing. */
  assertCard: (card: AgentCard) => void;
  /** Once, when the link has ended: with an error unless this side closed it. */
  onClose?: (error: SmartcallError | undefined) => void;
}

/** Silence after which a link is asked whether it still lives. */
const pingIntervalMs = 10_000;

/** What an agent that does not read may have the gateway keep for it, an exchange. */
const maxWindowBytes = 16 * 1024 * 1024;

const codec = createProtobufCodec();

/**
 * A link with a process of agents: what it registers is in the registry for as long as the link
 * lives, and not a moment longer.
 */
export function createAgentLink(options: AgentLinkOptions): Link<ProtocolTypes> {
  const { registry, logger, address } = options;
  let wantedId = "";
  let host: InstanceHost | undefined;
  const link = createLink<ProtocolTypes>({
    side: options.side,
    carrier: options.carrier,
    codec,
    implementation: "smartcall-gateway/1",
    windowBytes: agentWindowBytes,
    pingIntervalMs,
    accept: options.accept,
    onHello: ({ instanceId, windowBytes }) => {
      if (windowBytes > maxWindowBytes) {
        const message = `hello.windowBytes: expected no more than ${maxWindowBytes}`;
        throw new SmartcallError({ reason: "INVALID_ARGUMENT", message });
      }
      wantedId = instanceId;
    },
    onControl: (control) => {
      if (control.case === "register") register(control.value);
      else if (control.case === "capacity" && host) host.capacity = control.value.capacity;
    },
    onDrain: (reason) => {
      if (host) host.state = "draining";
      logger.info({ instance: host?.id, reason }, "agents drain");
    },
    onClose: (error) => {
      if (host) {
        registry.remove(host);
        // Once they drain, the end of the link is what was agreed on.
        const reason = host.state === "draining" ? undefined : error?.reason;
        logger.info({ instance: host.id, address, reason }, "agents left");
      }
      options.onClose?.(error && SmartcallError.from(error));
    },
  });
  return link;

  /** What the agents want to be known by, unless others are, or a link of theirs that was cut unnoticed. */
  function freeId(): string {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(wantedId)) return randomUUID();
    if (!registry.hasHost(wantedId)) return wantedId;
    const id = `${wantedId.slice(0, 55)}-${randomUUID().slice(0, 8)}`;
    logger.warn({ wanted: wantedId, instance: id, address }, "another instance has this id");
    return id;
  }

  function register({ cards, capacity }: Frame_Register): void {
    try {
      if (host) throw new SmartcallError({ reason: "LINK_BROKEN", message: "registered twice" });
      if (cards.length === 0) {
        throw new SmartcallError({ reason: "INVALID_ARGUMENT", message: "no agent to register" });
      }
      for (const card of cards) options.assertCard(card);
    } catch (thrown) {
      const error = SmartcallError.from(thrown);
      logger.warn({ address, reason: error.reason, detail: error.message }, "agents refused");
      link.close(error);
      return;
    }
    host = new InstanceHost({
      id: freeId(),
      upstream: new LinkUpstream(link, options.kind, address),
      capacity,
      nowMs: Date.now(),
    });
    registry.add(host, cards);
    link.control({ case: "ready", value: readyMessage(host.id) });
    logger.info(
      { instance: host.id, address, agents: cards.map(({ name }) => name) },
      "agents joined",
    );
  }
}

function readyMessage(instanceId: string) {
  return {
    $typeName: "smartcall.v1.Frame.Ready" as const,
    instanceId,
    leaseMs: pingIntervalMs * 3,
  };
}
