import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  Instance_State,
  type Instance as InstanceMessage,
  InstanceSchema,
} from "@smartcall/protocol/proto";
import type { Upstream } from "../upstream/upstream.js";

/** What the gateway lets one process run at once when the process does not say. */
const defaultCapacity = 1_024;

/** One process that runs agents: all its instances share its capacity and its connection. */
export class InstanceHost {
  readonly id: string;
  readonly upstream: Upstream;
  readonly createMs: number;
  /** Calls that run on it now. */
  running = 0;
  /** Hears when its state may be another one. Only the registry sets it. */
  onChange: ((host: InstanceHost) => void) | undefined;
  #capacity: number;
  #state: HostState = "ready";

  constructor(init: { id: string; upstream: Upstream; capacity?: number; nowMs: number }) {
    this.id = init.id;
    this.upstream = init.upstream;
    this.#capacity = init.capacity || defaultCapacity;
    this.createMs = init.nowMs;
  }

  /** Calls that it runs at most at once. */
  get capacity(): number {
    return this.#capacity;
  }

  set capacity(capacity: number) {
    this.#capacity = capacity;
    this.onChange?.(this);
  }

  get state(): HostState {
    return this.#state;
  }

  set state(state: HostState) {
    this.#state = state;
    this.onChange?.(this);
  }

  /** Whether it takes one more call now. */
  get free(): boolean {
    return this.#state === "ready" && this.running < this.#capacity;
  }
}

type HostState = "starting" | "ready" | "draining" | "unhealthy";

/** One running replica of an agent. */
export class Instance {
  readonly agent: string;
  readonly host: InstanceHost;
  /** Calls of this agent that run on it now. */
  running = 0;

  constructor(agent: string, host: InstanceHost) {
    this.agent = agent;
    this.host = host;
  }

  /** Takes a place for one call. */
  reserve(): void {
    const { host } = this;
    this.running++;
    host.running++;
    if (host.running === host.capacity) host.onChange?.(host);
  }

  /** Gives the place back. */
  release(): void {
    const { host } = this;
    this.running--;
    host.running--;
    if (host.running === host.capacity - 1) host.onChange?.(host);
  }

  /** Unique within the gateway. */
  get id(): string {
    return `${this.host.id}.${this.agent}`;
  }

  get state(): Instance_State {
    return stateOf(this.host);
  }

  toMessage(): InstanceMessage {
    const { host } = this;
    return create(InstanceSchema, {
      id: this.id,
      agent: this.agent,
      state: this.state,
      upstream: host.upstream.kind,
      address: host.upstream.address,
      runningCalls: this.running,
      capacity: host.capacity,
      createTime: timestampFromMs(host.createMs),
    });
  }
}

function stateOf(host: InstanceHost): Instance_State {
  switch (host.state) {
    case "starting":
      return Instance_State.STARTING;
    case "draining":
      return Instance_State.DRAINING;
    case "unhealthy":
      return Instance_State.UNHEALTHY;
    case "ready":
      return host.running < host.capacity ? Instance_State.READY : Instance_State.FULL;
  }
}
