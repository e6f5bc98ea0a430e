import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { SmartcallError } from "@smartcall/protocol";
import { type Agent, type AgentCard, AgentSchema } from "@smartcall/protocol/proto";
import { Instance, type InstanceHost } from "./instance.js";

/** An agent as the registry keeps it. */
interface Entry {
  card: AgentCard;
  /** Whether an operator wrote the card, so that what an instance says of itself does not count. */
  declared: boolean;
  readonly createMs: number;
  instances: Instance[];
}

/** Which agents can be called, and where their instances are. */
export class Registry {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Makes an agent known by the card that an operator wrote. */
  declare(card: AgentCard): void {
    const known = this.#entries.get(card.name);
    if (known) {
      known.card = card;
      known.declared = true;
    } else {
      this.#entries.set(card.name, {
        card,
        declared: true,
        createMs: this.#now(),
        instances: [],
      });
    }
  }

  /** Adds a process and the agents that it runs. */
  add(host: InstanceHost, cards: readonly AgentCard[]): void {
    for (const card of cards) {
      const entry = this.#entries.get(card.name);
      const instance = new Instance(card.name, host);
      if (!entry) {
        this.#entries.set(card.name, {
          card,
          declared: false,
          createMs: this.#now(),
          instances: [instance],
        });
      } else {
        if (!entry.declared) entry.card = card;
        entry.instances.push(instance);
      }
    }
  }

  /** Takes a process out; its agents stay known. */
  remove(host: InstanceHost): void {
    for (const entry of this.#entries.values()) {
      entry.instances = entry.instances.filter((instance) => instance.host !== host);
    }
  }

  /** Forgets an agent; what runs goes on. */
  delete(name: string): boolean {
    return this.#entries.delete(name);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /**
   * The card of an agent.
   *
   * @throws {SmartcallError} `AGENT_NOT_FOUND`.
   */
  card(name: string): AgentCard {
    return this.#entry(name).card;
  }

  /**
   * The instances of an agent, the oldest first.
   *
   * @throws {SmartcallError} `AGENT_NOT_FOUND`.
   */
  instances(name: string): readonly Instance[] {
    return this.#entry(name).instances;
  }

  /**
   * An agent as the contract says it.
   *
   * @throws {SmartcallError} `AGENT_NOT_FOUND`.
   */
  agent(name: string): Agent {
    const { card, createMs, instances } = this.#entry(name);
    return create(AgentSchema, {
      name,
      card,
      readyInstances: instances.filter(({ host }) => host.state === "ready").length,
      runningCalls: instances.reduce((sum, instance) => sum + instance.running, 0),
      createTime: timestampFromMs(createMs),
    });
  }

  /** The names of all agents, sorted. */
  names(): string[] {
    return [...this.#entries.keys()].sort();
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry) return entry;
    throw new SmartcallError({
      reason: "AGENT_NOT_FOUND",
      message: `no agent is named ${JSON.stringify(name)}; GET /v1/agents lists them`,
    });
  }
}
