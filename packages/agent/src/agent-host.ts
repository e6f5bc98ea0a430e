import { create } from "@bufbuild/protobuf";
import type { Cancellation, IncomingExchange, IncomingHandlers, Outcome } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { type AgentCard, type Frame_Open, MessageSchema } from "@smartcall/protocol/proto";
import { pino } from "pino";
import type { Agent } from "./agent.js";
import { Attempt } from "./attempt.js";
import type { Caller } from "./call-through-link.js";
import type { Logger } from "./logger.js";

/** How a host runs its agents. */
export interface AgentHostOptions {
  /** Calls that run at once; one more is refused with AGENT_BUSY. Default: 4,096. */
  capacity?: number;
  /** Where runs log. Default: JSON lines on standard output by pino. */
  log?: Logger;
}

/** Agents ready to take exchanges from any link; knows no transport. */
export interface AgentHost {
  /** What the agents say of themselves. */
  readonly cards: readonly AgentCard[];
  /** Calls that run at once at most. */
  readonly capacity: number;
  /** Runs that have not stopped yet; one that ignores its signal counts until it does. */
  readonly running: number;
  /**
   * Takes an exchange; hand it to a link as `accept`. With `caller`, the link itself, agents can
   * call others through it.
   */
  accept(
    exchange: IncomingExchange<ProtocolTypes>,
    open: Frame_Open,
    caller?: Caller,
  ): IncomingHandlers<ProtocolTypes>;
  /** Refuses every further call with DRAINING; resolves when none runs any more. */
  drain(): Promise<void>;
  /** Ends what still runs with this reason. */
  abort(cancellation: Cancellation): void;
}

/**
 * Makes a host of agents.
 *
 * @throws {TypeError} when two agents have the same name.
 */
export function createAgentHost(
  agents: readonly Agent[],
  { capacity = 4_096, log }: AgentHostOptions = {},
): AgentHost {
  const byName = new Map<string, Agent>();
  for (const agent of agents) {
    if (byName.has(agent.card.name)) {
      throw new TypeError(`Two agents have the name "${agent.card.name}".`);
    }
    byName.set(agent.card.name, agent);
  }
  const attempts = new Set<Attempt>();
  const drained: (() => void)[] = [];
  let draining = false;
  let logger = log;

  function onStop(attempt: Attempt): void {
    attempts.delete(attempt);
    if (draining && attempts.size === 0) for (const resolve of drained.splice(0)) resolve();
  }

  function refusal(open: Frame_Open): Outcome | undefined {
    if (open.request.case !== "execute") {
      return refused("NOT_IMPLEMENTED", "An agent takes only attempts of tasks.");
    }
    const name = open.request.value.agent;
    if (draining) return refused("DRAINING", "The agent's process is going away.");
    if (!byName.has(name)) return refused("AGENT_NOT_FOUND", `No agent "${name}" stands here.`);
    if (attempts.size >= capacity) {
      return refused("AGENT_BUSY", `The instance runs ${capacity} calls, as many as it may.`);
    }
    return undefined;
  }

  return {
    cards: agents.map((agent) => agent.card),
    capacity,
    get running() {
      return attempts.size;
    },
    accept(exchange, open, caller) {
      const refusedBecause = refusal(open);
      const request = open.request.case === "execute" ? open.request.value : undefined;
      const agent = request && byName.get(request.agent);
      if (refusedBecause || !agent) {
        exchange.close(refusedBecause);
        return {};
      }
      const attempt = new Attempt({
        agent,
        request,
        open,
        exchange,
        caller,
        log: () => {
          logger ??= pino();
          return logger.child({ agent: request.agent, task: request.taskId });
        },
        onStop,
      });
      attempts.add(attempt);
      attempt.start(request.message ?? create(MessageSchema));
      return attempt;
    },
    drain() {
      draining = true;
      if (attempts.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        drained.push(resolve);
      });
    },
    abort(cancellation) {
      for (const attempt of [...attempts]) attempt.cancel(cancellation);
    },
  };
}

function refused(reason: NonNullable<Outcome["reason"]>, message: string): Outcome {
  return { reason, message, refused: true };
}
