import { create, equals } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { SmartcallError } from "@smartcall/protocol";
import {
  type Agent,
  type AgentCard,
  AgentCardSchema,
  AgentSchema,
  type Instance_State,
} from "@smartcall/protocol/proto";
import { Instance, type InstanceHost } from "./instance.js";
import { RegistryLog } from "./registry-log.js";

/** An agent as the registry keeps it. */
interface Entry {
  card: AgentCard;
  /** Whether an operator wrote the card, so that what an instance says of itself does not count. */
  declared: boolean;
  readonly createMs: number;
  instances: Instance[];
}

/**
 * Which agents can be called, and where their instances are. What changes is in its log: states of
 * instances as they are when a turn is over, for a busy one is full and ready again all the time.
 */
export class Registry {
  readonly log: RegistryLog;
  readonly #changed = new Set<InstanceHost>();
  /** The state of each instance that the log told last. */
  readonly #told = new Map<Instance, Instance_State>();
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  #cardsVersion = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.log = new RegistryLog(now);
  }

  /** Another number after each change of the cards. */
  get cardsVersion(): number {
    return this.#cardsVersion;
  }

  /** Makes an agent known by the card that an operator wrote. */
  declare(card: AgentCard): void {
    if (this.#put(card, true)) this.#tellAgent(card.name);
  }

  /** Whether a process of this id is here. */
  hasHost(id: string): boolean {
    for (const { instances } of this.#entries.values()) {
      if (instances.some(({ host }) => host.id === id)) return true;
    }
    return false;
  }

  /** Adds a process and the agents that it runs. */
  add(host: InstanceHost, cards: readonly AgentCard[]): void {
    host.onChange = this.#onChange;
    for (const card of cards) {
      const instance = new Instance(card.name, host);
      const isChanged = this.#put(card, false);
      this.#entries.get(card.name)?.instances.push(instance);
      if (isChanged) this.#tellAgent(card.name);
      this.#tell(instance);
    }
  }

  /** Takes a process out; its agents stay known. */
  remove(host: InstanceHost): void {
    host.onChange = undefined;
    this.#changed.delete(host);
    for (const entry of this.#entries.values()) {
      const gone = entry.instances.filter((instance) => instance.host === host);
      if (gone.length === 0) continue;
      entry.instances = entry.instances.filter((instance) => instance.host !== host);
      for (const instance of gone) this.#forget(instance.agent, instance);
    }
  }

  /** Forgets an agent; what runs goes on. */
  delete(name: string): boolean {
    const entry = this.#entries.get(name);
    if (!entry) return false;
    this.#cardsVersion++;
    this.#entries.delete(name);
    for (const instance of entry.instances) this.#forget(name, instance);
    this.#forget(name);
    return true;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Whether an operator wrote the card of an agent. */
  isDeclared(name: string): boolean {
    return this.#entries.get(name)?.declared ?? false;
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

  /** Whether a card makes a difference; what an instance says does not where an operator wrote one. */
  #put(card: AgentCard, declared: boolean): boolean {
    const known = this.#entries.get(card.name);
    if (!known) {
      this.#cardsVersion++;
      this.#entries.set(card.name, { card, declared, createMs: this.#now(), instances: [] });
      return true;
    }
    if (known.declared && !declared) return false;
    known.declared = declared;
    if (equals(AgentCardSchema, known.card, card)) return false;
    this.#cardsVersion++;
    known.card = card;
    return true;
  }

  readonly #onChange = (host: InstanceHost): void => {
    if (this.#changed.size === 0) setImmediate(this.#tellChanges);
    this.#changed.add(host);
  };

  readonly #tellChanges = (): void => {
    if (this.#changed.size === 0) return;
    for (const { instances } of this.#entries.values()) {
      for (const instance of instances) {
        if (this.#changed.has(instance.host)) this.#tell(instance);
      }
    }
    this.#changed.clear();
  };

  #tellAgent(name: string): void {
    this.log.append({ case: "agent", value: this.agent(name) });
  }

  #tell(instance: Instance): void {
    const { state } = instance;
    if (this.#told.get(instance) === state) return;
    this.#told.set(instance, state);
    this.log.append({ case: "instance", value: instance.toMessage() });
  }

  #forget(agent: string, instance?: Instance): void {
    if (instance) this.#told.delete(instance);
    const value = {
      $typeName: "smartcall.v1.RegistryEvent.Removed",
      agent,
      instance: instance?.id ?? "",
    } as const;
    this.log.append({ case: "removed", value });
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
