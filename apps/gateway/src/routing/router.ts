import type { Outcome } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { AgentEvent, ExecuteRequest, Message } from "@smartcall/protocol/proto";
import type { Exchange, Open } from "../upstream/upstream.js";
import type { Balancer } from "./balancing/balancer.js";
import type { Instance } from "./instance.js";
import type { Registry } from "./registry.js";

/** What the one who dispatches hears. */
export interface DispatchHandlers {
  /** An attempt begins: its number, from 1. */
  attempt(number: number): void;
  /** One event of the attempt; a pending promise holds the next one back. */
  event(event: AgentEvent, bytes: number): void | Promise<void>;
  /** Once, last: how the call ended. */
  close(outcome: Outcome): void;
}

/** A place on an instance, taken before anything is written down. */
export interface Reservation {
  /** Runs the call there, or on another instance should this one refuse it. */
  dispatch(request: ExecuteRequest, timeoutMs: number, handlers: DispatchHandlers): Dispatch;
  /** Gives the place back unused. */
  release(): void;
}

/** A call that runs. */
export interface Dispatch {
  /** Sends a further message; false when the agent has to read others first. */
  send(message: Message): boolean;
  ready(): Promise<void>;
  cancel: Exchange["cancel"];
}

/** More instances than this are not asked for one call. */
const maxAttempts = 3;

/**
 * Picks an instance and drives the attempts of a call. Never reads a payload.
 *
 * A second attempt is made only when the first was refused before it began, and was sent nothing
 * but its call, so that nothing runs twice and nothing is missing.
 */
export class Router {
  readonly #registry: Registry;
  readonly #balancer: Balancer;

  constructor(registry: Registry, balancer: Balancer) {
    this.#registry = registry;
    this.#balancer = balancer;
  }

  /**
   * Takes a place for a call of an agent.
   *
   * @throws {SmartcallError} `AGENT_NOT_FOUND`, `AGENT_UNAVAILABLE` when no instance is there,
   *   `AGENT_BUSY` when all are full.
   */
  reserve(agent: string): Reservation {
    const instance = this.#pick(agent, undefined);
    instance.reserve();
    return {
      dispatch: (request, timeoutMs, handlers) =>
        new RoutedDispatch(instance, request, timeoutMs, handlers, (refusing) =>
          this.#pick(agent, refusing),
        ),
      release: () => instance.release(),
    };
  }

  #pick(agent: string, refusing: ReadonlySet<Instance> | undefined): Instance {
    const instances = this.#registry.instances(agent);
    const [first, ...others] = instances.filter(
      (instance) => instance.host.free && !refusing?.has(instance),
    );
    if (first) return this.#balancer([first, ...others]);
    const busy = instances.some(({ host }) => host.state === "ready");
    throw new SmartcallError({
      reason: busy ? "AGENT_BUSY" : "AGENT_UNAVAILABLE",
      message: busy
        ? `all instances of ${agent} run as many calls as they can`
        : `no instance of ${agent} is there; start one, or wait until it is back`,
      retryAfterMs: 1_000,
    });
  }
}

/** A call on its way: one exchange at a time, the next only after a refusal. */
class RoutedDispatch implements Dispatch {
  /** A log keeps a piece of text in a fraction of what a queue of events needs. */
  readonly takesAhead = true;
  readonly #request: ExecuteRequest;
  readonly #timeoutMs: number;
  readonly #handlers: DispatchHandlers;
  readonly #next: (refusing: ReadonlySet<Instance>) => Instance;
  #refusing: Set<Instance> | undefined;
  #instance: Instance;
  #exchange: Exchange;
  #attempts = 0;
  #hasBegun = false;
  /** Whether a further message was sent, which another instance would not have. */
  #hasSent = false;

  constructor(
    instance: Instance,
    request: ExecuteRequest,
    timeoutMs: number,
    handlers: DispatchHandlers,
    next: (refusing: ReadonlySet<Instance>) => Instance,
  ) {
    this.#instance = instance;
    this.#request = request;
    this.#timeoutMs = timeoutMs;
    this.#handlers = handlers;
    this.#next = next;
    this.#exchange = this.#open();
  }

  send(message: Message): boolean {
    const hasRoom = this.#exchange.send(message);
    this.#hasSent = true;
    return hasRoom;
  }

  ready(): Promise<void> {
    return this.#exchange.ready();
  }

  cancel(cancellation: Parameters<Exchange["cancel"]>[0]): void {
    this.#exchange.cancel(cancellation);
  }

  #open(): Exchange {
    this.#attempts++;
    this.#request.attempt = this.#attempts;
    this.#handlers.attempt(this.#attempts);
    return this.#instance.host.upstream.open(toOpen(this.#request, this.#timeoutMs), this);
  }

  event(event: ProtocolTypes["event"], bytes: number): void | Promise<void> {
    if (event.kind.case !== "agent") return;
    this.#hasBegun = true;
    return this.#handlers.event(event.kind.value, bytes);
  }

  close(outcome: Outcome): void {
    this.#instance.release();
    if (outcome.refused && this.#hasBegun) {
      this.#handlers.close({ ...outcome, refused: false });
    } else if (!outcome.refused || this.#hasSent || this.#attempts >= maxAttempts) {
      this.#handlers.close(outcome);
    } else {
      this.#retry(outcome);
    }
  }

  #retry(refusal: Outcome): void {
    this.#refusing ??= new Set();
    this.#refusing.add(this.#instance);
    try {
      this.#instance = this.#next(this.#refusing);
    } catch {
      this.#handlers.close(refusal);
      return;
    }
    this.#instance.reserve();
    try {
      this.#exchange = this.#open();
    } catch (thrown) {
      this.#instance.release();
      const { reason, message } = SmartcallError.from(thrown);
      this.#handlers.close({ reason, message });
    }
  }
}

function toOpen(execute: ExecuteRequest, timeoutMs: number): Open {
  return {
    $typeName: "smartcall.v1.Frame.Open",
    request: { case: "execute", value: execute },
    halfClose: false,
    headers: {},
    timeoutMs,
  };
}
