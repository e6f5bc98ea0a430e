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
  capacity: number;
  /** Calls that run on it now. */
  running = 0;
  state: "starting" | "ready" | "draining" | "unhealthy" = "ready";

  constructor(init: { id: string; upstream: Upstream; capacity?: number; nowMs: number }) {
    this.id = init.id;
    this.upstream = init.upstream;
    this.capacity = init.capacity || defaultCapacity;
    this.createMs = init.nowMs;
  }

  /** Whether it takes one more call now. */
  get free(): boolean {
    return this.state === "ready" && this.running < this.capacity;
  }
}

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
    this.running++;
    this.host.running++;
  }

  /** Gives the place back. */
  release(): void {
    this.running--;
    this.host.running--;
  }

  toMessage(): InstanceMessage {
    const { host } = this;
    return create(InstanceSchema, {
      id: `${host.id}.${this.agent}`,
      agent: this.agent,
      state: stateOf(host),
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
