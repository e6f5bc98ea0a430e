import type { JsonObject } from "@bufbuild/protobuf";
import type {
  ExecuteRequest,
  Frame_Event,
  Frame_Open,
  Message,
  Task,
} from "@smartcall/protocol/proto";
import type { AgentCallOptions, AgentContext, AgentOutput, CallInput } from "./agent.js";
import { inputRequired } from "./agent-event.js";
import { agentMessageFrom } from "./agent-message.js";
import { type Caller, callThroughLink } from "./call-through-link.js";
import type { Inbox } from "./inbox.js";
import type { Logger } from "./logger.js";

/** What a context needs to know of the attempt that it belongs to. */
export interface ContextSource {
  readonly init: {
    readonly request: ExecuteRequest;
    readonly open: Frame_Open;
    readonly caller: Caller | undefined;
    readonly log: () => Logger;
  };
  readonly signal: AbortSignal;
  readonly inbox: Inbox;
  readonly deadlineMs: number | undefined;
  send(event: Frame_Event): unknown;
}

/** What a run sees of its attempt; every costly part is made when it is first asked for. */
export class RunContext implements AgentContext {
  readonly message: Message;
  readonly #attempt: ContextSource;
  #log: Logger | undefined;

  constructor(attempt: ContextSource, message: Message) {
    this.#attempt = attempt;
    this.message = message;
  }

  get task(): AgentContext["task"] {
    const { taskId, contextId, attempt } = this.#attempt.init.request;
    return { id: taskId, contextId, attempt };
  }

  get metadata(): JsonObject {
    return this.#attempt.init.request.metadata ?? {};
  }

  get deadline(): Date | undefined {
    const { deadlineMs } = this.#attempt;
    return deadlineMs === undefined ? undefined : new Date(deadlineMs);
  }

  get signal(): AbortSignal {
    return this.#attempt.signal;
  }

  get log(): Logger {
    this.#log ??= this.#attempt.init.log();
    return this.#log;
  }

  get messages(): AsyncIterable<Message> {
    return this.#attempt.inbox;
  }

  get ask(): AgentContext["ask"] {
    return (prompt) => heard(this.#ask(prompt));
  }

  get call(): AgentContext["call"] {
    return (agent, input, options) => heard(this.#call(agent, input, options));
  }

  async #ask(prompt: AgentOutput): Promise<Message> {
    const attempt = this.#attempt;
    // The signal watches the deadline, which must end the wait.
    attempt.signal.throwIfAborted();
    const question = inputRequired(agentMessageFrom(prompt));
    const answer = heard(attempt.inbox.ask());
    void attempt.send(question);
    return answer;
  }

  async #call(agent: string, input: CallInput, options: AgentCallOptions = {}): Promise<Task> {
    const { init, signal, deadlineMs } = this.#attempt;
    const leftMs = deadlineMs === undefined ? 0 : Math.max(1, deadlineMs - Date.now());
    return callThroughLink(init.caller, {
      agent,
      input,
      contextId: init.request.contextId,
      traceparent: init.request.traceparent || init.open.headers["traceparent"],
      hops: init.request.hops + 1,
      timeoutMs: Math.min(leftMs || Infinity, options.timeoutMs ?? Infinity),
      signals: options.signal ? [signal, options.signal] : [signal],
      idempotencyKey: options.idempotencyKey,
      metadata: options.metadata,
    });
  }
}

/** A promise that a run may leave alone: a cancel that rejects it must not end the process. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
