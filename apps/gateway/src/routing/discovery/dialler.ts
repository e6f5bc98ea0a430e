import { create } from "@bufbuild/protobuf";
import {
  type AgentCard,
  AgentCardSchema,
  type AgentEndpoint,
  AgentEndpoint_Protocol,
  AgentEndpointSchema,
} from "@smartcall/protocol/proto";
import type { AgentConfig } from "../../config/gateway-config.js";
import { assertName } from "./card-check.js";
import { DialledEndpoint, type DialledEndpointOptions } from "./dialled-endpoint.js";

const protocols = {
  auto: AgentEndpoint_Protocol.UNSPECIFIED,
  link: AgentEndpoint_Protocol.LINK,
  execute: AgentEndpoint_Protocol.EXECUTE,
} as const;

/** Keeps connections to the agents that the gateway dials, for as long as they are wanted. */
export class Dialler {
  readonly #options: Omit<DialledEndpointOptions, "endpoint" | "cards">;
  readonly #endpoints = new Set<DialledEndpoint>();

  constructor(options: Omit<DialledEndpointOptions, "endpoint" | "cards">) {
    this.#options = options;
  }

  /**
   * Dials an address now and whenever the connection is lost.
   *
   * @param cards the agents there; empty when they are to say so themselves.
   */
  dial(endpoint: AgentEndpoint, cards: readonly AgentCard[]): void {
    this.#endpoints.add(new DialledEndpoint({ ...this.#options, endpoint, cards }));
  }

  /** Dials what the configuration names. */
  dialConfigured(agents: readonly AgentConfig[]): void {
    for (const { url, protocol, name, description = "" } of agents) {
      if (name !== undefined) assertName(name, "#/agents/name");
      const cards = name === undefined ? [] : [create(AgentCardSchema, { name, description })];
      for (const card of cards) this.#options.registry.declare(card);
      this.dial(
        create(AgentEndpointSchema, { url, protocol: protocols[protocol ?? "auto"] }),
        cards,
      );
    }
  }

  /** Lets go of the addresses that were dialled for one agent alone; what runs may finish. */
  forget(agent: string): void {
    for (const dialled of this.#endpoints) {
      if (!dialled.servesOnly(agent)) continue;
      void dialled.retire().then(() => this.#endpoints.delete(dialled));
    }
  }

  /** Lets go of everything. */
  async close(): Promise<void> {
    await Promise.all([...this.#endpoints].map((dialled) => dialled.close()));
    this.#endpoints.clear();
  }
}
