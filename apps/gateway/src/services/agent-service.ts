import { create } from "@bufbuild/protobuf";
import { type Empty, EmptySchema } from "@bufbuild/protobuf/wkt";
import { SmartcallError } from "@smartcall/protocol";
import {
  type Agent,
  type AgentCard,
  AgentCardSchema,
  type CreateAgentRequest,
  type DeleteAgentRequest,
  type GetAgentCardRequest,
  type GetAgentRequest,
  type ListAgentsRequest,
  type ListAgentsResponse,
  ListAgentsResponseSchema,
  type ListInstancesRequest,
  type ListInstancesResponse,
  ListInstancesResponseSchema,
  type RegistryEvent,
  type UpdateAgentRequest,
  type WatchAgentsRequest,
} from "@smartcall/protocol/proto";
import { assertName } from "../routing/discovery/card-check.js";
import type { Dialler } from "../routing/discovery/dialler.js";
import type { Registry } from "../routing/registry.js";
import { RegistryReader } from "../routing/registry-reader.js";
import { whyGone } from "../tasks/why-gone.js";
import type { GatewayCall, MessageStream } from "./gateway-call.js";
import { lazyStream } from "./lazy-stream.js";

const defaultPageSize = 100;

/** The registry, as the contract shows it. */
export class AgentServiceHandlers {
  readonly #registry: Registry;
  readonly #dialler: Dialler;

  /** @param draining aborted once the gateway is going away. */
  constructor(registry: Registry, dialler: Dialler, draining: AbortSignal) {
    this.#registry = registry;
    this.#dialler = dialler;
    draining.addEventListener("abort", () => registry.log.end());
  }

  async listAgents(request: ListAgentsRequest): Promise<ListAgentsResponse> {
    const after = readPageToken(request.pageToken);
    const size = request.pageSize || defaultPageSize;
    const names = this.#registry.names().filter((name) => name > after);
    const page = names.slice(0, size);
    const last = page.at(-1);
    return create(ListAgentsResponseSchema, {
      agents: page.map((name) => this.#registry.agent(name)),
      nextPageToken:
        last !== undefined && names.length > size ? Buffer.from(last).toString("base64url") : "",
    });
  }

  async getAgent(request: GetAgentRequest): Promise<Agent> {
    return this.#registry.agent(request.agent);
  }

  async getAgentCard(request: GetAgentCardRequest): Promise<AgentCard> {
    return this.#registry.card(request.agent);
  }

  async listInstances(request: ListInstancesRequest): Promise<ListInstancesResponse> {
    const instances = this.#registry.instances(request.agent);
    return create(ListInstancesResponseSchema, {
      instances: instances.map((instance) => instance.toMessage()),
    });
  }

  watchAgents(request: WatchAgentsRequest, call: GatewayCall): MessageStream<RegistryEvent> {
    return lazyStream(async () => {
      const after = call.header("last-event-id") ?? request.after;
      const reader = new RegistryReader(this.#registry, after);
      call.onGone(() => reader.leave(whyGone(call.deadline, Date.now())));
      return reader;
    });
  }

  async createAgent(request: CreateAgentRequest): Promise<Agent> {
    const card = request.card ?? create(AgentCardSchema);
    assertName(card.name, "#/card/name");
    if (this.#registry.has(card.name)) {
      throw new SmartcallError({
        reason: "AGENT_EXISTS",
        message: `an agent is already named ${card.name}; change it with PATCH /v1/agents/${card.name}`,
      });
    }
    this.#registry.declare(card);
    for (const endpoint of request.endpoints) this.#dialler.dial(endpoint, [card]);
    return this.#registry.agent(card.name);
  }

  async updateAgent(request: UpdateAgentRequest): Promise<Agent> {
    const current = this.#registry.card(request.agent);
    const given = request.card ?? create(AgentCardSchema);
    if (given.name !== "" && given.name !== request.agent) {
      throw new SmartcallError({
        reason: "INVALID_ARGUMENT",
        message: "an agent's name cannot be changed",
        errors: [{ pointer: "#/name", detail: `expected ${JSON.stringify(request.agent)}` }],
      });
    }
    const paths = request.updateMask?.paths ?? [];
    const card = paths.length === 0 ? given : merge(current, given, paths);
    this.#registry.declare({ ...card, name: request.agent });
    return this.#registry.agent(request.agent);
  }

  async deleteAgent(request: DeleteAgentRequest): Promise<Empty> {
    this.#registry.card(request.agent);
    this.#registry.delete(request.agent);
    this.#dialler.forget(request.agent);
    return create(EmptySchema);
  }
}

/** The card with the fields of the mask (RFC: google.protobuf.FieldMask) taken from another. */
function merge(current: AgentCard, given: AgentCard, paths: readonly string[]): AgentCard {
  const merged = { ...current };
  for (const path of paths) {
    const field = AgentCardSchema.fields.find(({ name }) => name === path);
    if (!field) {
      throw new SmartcallError({
        reason: "INVALID_ARGUMENT",
        message: `updateMask: a card has no field ${JSON.stringify(path)}`,
        errors: [{ pointer: "#/query/updateMask", detail: `no field ${JSON.stringify(path)}` }],
      });
    }
    Object.assign(merged, { [field.localName]: given[field.localName as keyof AgentCard] });
  }
  return merged;
}

function readPageToken(token: string): string {
  if (token === "") return "";
  const name = Buffer.from(token, "base64url").toString();
  if (/^[a-z0-9-]{1,63}$/.test(name)) return name;
  throw new SmartcallError({
    reason: "INVALID_ARGUMENT",
    message: "pageToken is none that this gateway gave",
    errors: [{ pointer: "#/query/pageToken", detail: "expected the nextPageToken of a page" }],
  });
}
