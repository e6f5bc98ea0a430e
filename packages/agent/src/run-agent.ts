import { create, type JsonValue } from "@bufbuild/protobuf";
import type { IncomingExchange, Outcome } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import type { SmartcallError } from "@smartcall/protocol";
import {
  type AgentEvent,
  type Frame_Event,
  Frame_OpenSchema,
  type Message,
} from "@smartcall/protocol/proto";
import type { Agent, CallInput } from "./agent.js";
import { createAgentHost } from "./agent-host.js";
import { answerOf } from "./answer-of.js";
import { localCaller } from "./local-caller.js";
import type { Logger } from "./logger.js";
import { errorFromOutcome } from "./outcome.js";
import { dataOf, textOf } from "./parts.js";
import { userMessageFrom } from "./user-message.js";

/** How {@link runAgent} runs an agent. */
export interface RunAgentOptions {
  /** What the caller answers to the agent's questions, in turn. Default: it cannot answer. */
  answers?: readonly CallInput[];
  /** Agents that it may call. Default: none. */
  agents?: readonly Agent[];
  /** The conversation. Default: `context`. */
  contextId?: string;
  /** Milliseconds until the deadline. Default: none. */
  timeoutMs?: number;
  /** Cancels the call. */
  signal?: AbortSignal;
  /** Where it logs. Default: JSON lines on standard output by pino. */
  log?: Logger;
}

/** What a run came to. */
export interface AgentRun {
  /** What the agent answered; undefined when it did not. */
  output: Message | undefined;
  /** The text of the answer; empty when it has none. */
  text: string;
  /** The value of the answer's first data part. */
  data: JsonValue | undefined;
  /** Every event, the answer included. */
  events: AgentEvent[];
  /** Why it did not end well; undefined when it did. */
  error: SmartcallError | undefined;
}

/** Runs an agent once, without a gateway and in this process, as a test of it does. */
export async function runAgent(
  agent: Agent,
  input: CallInput,
  options: RunAgentOptions = {},
): Promise<AgentRun> {
  const { agents = [], contextId = "context", timeoutMs = 0, signal, log } = options;
  const answers = [...(options.answers ?? [])];
  const events: AgentEvent[] = [];
  const closed = Promise.withResolvers<Outcome>();
  const exchange: IncomingExchange<ProtocolTypes> = {
    id: 1,
    send({ kind }: Frame_Event) {
      if (kind.case !== "agent") return true;
      events.push(kind.value);
      if (kind.value.kind.case === "inputRequired") queueMicrotask(answer);
      return true;
    },
    ready: () => Promise.resolve(),
    close: (outcome = {}) => closed.resolve(outcome),
  };
  const value = { taskId: "task", contextId, agent: agent.card.name, attempt: 1 };
  const message = userMessageFrom(input);
  const open = create(Frame_OpenSchema, {
    request: { case: "execute", value: { ...value, message } },
    halfClose: answers.length === 0,
    timeoutMs,
  });
  const host = createAgentHost([agent], log ? { log } : {});
  const caller = localCaller((call, said, callSignal) => {
    const called = agents.find(({ card }) => card.name === call.agent);
    return called && runAgent(called, said, { ...options, answers: [], signal: callSignal });
  });
  const handlers = host.accept(exchange, open, caller);

  function answer(): void {
    const next = answers.shift();
    if (next === undefined) handlers.halfClose?.();
    else void handlers.message?.(userMessageFrom(next), 0);
  }

  const cancel = () => handlers.cancel?.({ reason: "CANCELED" });
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel);
  const outcome = await closed.promise;
  signal?.removeEventListener("abort", cancel);
  const output = answerOf(events);
  return {
    output,
    text: output ? textOf(output) : "",
    data: output && dataOf(output),
    events,
    error: errorFromOutcome(outcome),
  };
}
