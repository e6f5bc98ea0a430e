import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import type { Link, LinkOptions } from "@smartcall/link";
import { dialLink } from "@smartcall/link/node";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import {
  type AgentCard,
  type AgentEndpoint,
  AgentEndpoint_Protocol,
  AgentRuntimeService,
  Health,
  HealthCheckResponse_ServingStatus,
  Instance_Upstream,
} from "@smartcall/protocol/proto";
import type { Logger } from "pino";
import { GrpcUpstream } from "../../upstream/grpc-upstream.js";
import { InstanceHost } from "../instance.js";
import type { Registry } from "../registry.js";
import { createAgentLink } from "./agent-link.js";

/** What a {@link DialledEndpoint} works with. */
export interface DialledEndpointOptions {
  endpoint: AgentEndpoint;
  cards: readonly AgentCard[];
  registry: Registry;
  logger: Logger;
  accept: NonNullable<LinkOptions<ProtocolTypes>["accept"]>;
  assertCard: (card: AgentCard) => void;
}

const linkPath = "/smartcall.v1.AgentRuntimeService/Link";
const probeTimeoutMs = 2_000;
const probeIntervalMs = 5_000;
const backoff = { baseMs: 100, maxMs: 5_000 };

/** One address that the gateway dials, again and again until it is closed. */
export class DialledEndpoint {
  readonly #options: DialledEndpointOptions;
  readonly #closing = new AbortController();
  readonly #stopped: Promise<void>;
  #failures = 0;
  #isRetired = false;
  /** Resolves when nothing runs there any more; undefined while there is no connection. */
  #drain: (() => Promise<void>) | undefined;

  constructor(options: DialledEndpointOptions) {
    this.#options = options;
    this.#stopped = this.#stayConnected();
  }

  servesOnly(agent: string): boolean {
    const { cards } = this.#options;
    return cards.length === 1 && cards[0]?.name === agent;
  }

  /** Lets what runs there finish, then lets go; dials no more. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    await this.#drain?.();
    await this.close();
  }

  /** Lets go at once, whatever runs there. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#stopped;
  }

  async #stayConnected(): Promise<void> {
    const { endpoint, logger } = this.#options;
    let useLink = endpoint.protocol !== AgentEndpoint_Protocol.EXECUTE;
    while (!this.#closing.signal.aborted && !this.#isRetired) {
      try {
        if (useLink) await this.#overLink();
        else await this.#overExecute();
      } catch (thrown) {
        if (this.#closing.signal.aborted) return;
        const error = SmartcallError.from(thrown);
        const mayFallBack = endpoint.protocol === AgentEndpoint_Protocol.UNSPECIFIED;
        if (useLink && mayFallBack && error.reason === "NOT_IMPLEMENTED") {
          useLink = false;
          continue;
        }
        if (this.#failures++ === 0) {
          logger.warn({ url: endpoint.url, detail: error.message }, "agent cannot be reached");
        }
      }
      await this.#pause();
    }
  }

  /** Resolves when a link that stood has ended, rejects when it never stood. */
  async #overLink(): Promise<void> {
    const { endpoint, cards, ...shared } = this.#options;
    const { url } = endpoint;
    let link: Link<ProtocolTypes> | undefined;
    const close = () => link?.close();
    this.#closing.signal.addEventListener("abort", close, { once: true });
    await new Promise<void>((resolve, reject) => {
      dialLink({
        url,
        path: linkPath,
        signal: this.#closing.signal,
        connect: (carrier) => {
          link = createAgentLink({
            ...shared,
            side: "dialer",
            kind: Instance_Upstream.LINK,
            carrier,
            address: url,
            onClose: (error) => (error ? reject(error) : resolve()),
          });
          this.#drain = () => link?.drain("the agent was removed") ?? Promise.resolve();
          return link;
        },
      }).catch(reject);
    }).finally(() => {
      this.#drain = undefined;
      this.#closing.signal.removeEventListener("abort", close);
    });
  }

  /** Watches an agent's health by `grpc.health.v1` and has it in the registry while it serves. */
  async #overExecute(): Promise<void> {
    const { endpoint, registry, logger } = this.#options;
    const sessionManager = new Http2SessionManager(endpoint.url);
    const transport = createGrpcTransport({ baseUrl: endpoint.url, sessionManager });
    const health = createClient(Health, transport);
    const { signal } = this.#closing;
    let host: InstanceHost | undefined;
    try {
      while (!signal.aborted) {
        const serving = await isServing(health, signal);
        if (serving && !host) {
          const cards = await this.#cardsAt(createClient(AgentRuntimeService, transport));
          const upstream = new GrpcUpstream(endpoint.url, transport);
          this.#drain = () => upstream.idle();
          host = new InstanceHost({ id: randomUUID(), upstream, nowMs: Date.now() });
          registry.add(host, cards);
          this.#failures = 0;
          logger.info({ url: endpoint.url, agents: cards.map(({ name }) => name) }, "agent joined");
        } else if (host && serving !== (host.state === "ready")) {
          host.state = serving ? "ready" : "unhealthy";
          logger.warn({ url: endpoint.url, serving }, "agent's health changed");
        } else if (!serving && !host) {
          throw new SmartcallError({ reason: "AGENT_UNAVAILABLE", message: "it does not serve" });
        }
        await delay(host?.state === "ready" ? probeIntervalMs : backoff.maxMs / 10, undefined, {
          signal,
          ref: false,
        });
      }
    } finally {
      this.#drain = undefined;
      if (host) registry.remove(host);
      await host?.upstream.close();
      sessionManager.abort();
    }
  }

  async #cardsAt(
    client: ReturnType<typeof createClient<typeof AgentRuntimeService>>,
  ): Promise<readonly AgentCard[]> {
    const { cards, assertCard } = this.#options;
    if (cards.length > 0) return cards;
    const described = await client.describe(
      {},
      { timeoutMs: probeTimeoutMs, signal: this.#closing.signal },
    );
    for (const card of described.cards) assertCard(card);
    return described.cards;
  }

  /** Full jitter: a random time up to the bound, which doubles with each failure. */
  async #pause(): Promise<void> {
    const bound = Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(this.#failures, 10));
    await delay(Math.random() * bound, undefined, {
      signal: this.#closing.signal,
      ref: false,
    }).catch(() => undefined);
  }
}

/** Whether an agent serves; one without the health service does as long as it answers at all. */
async function isServing(
  health: ReturnType<typeof createClient<typeof Health>>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { status } = await health.check({}, { timeoutMs: probeTimeoutMs, signal });
    return status === HealthCheckResponse_ServingStatus.SERVING;
  } catch (thrown) {
    return ConnectError.from(thrown).code === Code.Unimplemented;
  }
}
