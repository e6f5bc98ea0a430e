import { Agents } from "./agents.js";
import { type CallInput, toInputBody } from "./call-input.js";
import { type RequestOptions, resolveSmartcallOptions, type SmartcallOptions } from "./options.js";
import { assertPathSegment } from "./path-segment.js";
import { type TaskResult, toTaskResult } from "./task-result.js";
import { Tasks } from "./tasks.js";
import { createSend, type Send } from "./transport.js";

/** What {@link Smartcall.call} takes. */
export interface CallOptions extends RequestOptions {
  /** The conversation to go on with; a new one by default. */
  contextId?: string;
  /** Whatever is to be kept with the task. */
  metadata?: Record<string, unknown>;
  /** A repeated call with the same key joins the first one instead of running again. */
  idempotencyKey?: string;
  /** Answers the task as it was accepted instead of waiting for its end. */
  respondAsync?: boolean;
}

/** A client of one gateway, for Node and browsers. */
export class Smartcall {
  /** The registry: which agents can be called. */
  readonly agents: Agents;
  /** The records of calls. */
  readonly tasks: Tasks;
  readonly #send: Send;

  constructor(options: SmartcallOptions = {}) {
    this.#send = createSend(resolveSmartcallOptions(options));
    this.agents = new Agents(this.#send);
    this.tasks = new Tasks(this.#send);
  }

  /**
   * Calls an agent and answers the task when it has ended or asks for input.
   *
   * A task that FAILED is answered too, and says why in `error`; see its `state`. Aborting `signal`
   * or running out of `timeoutMs` cancels the call.
   *
   * @throws {SmartcallError} when the call was refused, with the reason: `AGENT_NOT_FOUND`,
   * `AGENT_BUSY`, …
   */
  async call(agent: string, input: CallInput, options: CallOptions = {}): Promise<TaskResult> {
    const { contextId, metadata, idempotencyKey, respondAsync } = options;
    const path = { agent: assertPathSegment("agent", agent) };
    const header = {
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
      ...(respondAsync ? { Prefer: "respond-async" } : {}),
    };
    const body = {
      ...toInputBody(input),
      ...(contextId === undefined ? {} : { contextId }),
      ...(metadata === undefined ? {} : { metadata }),
    };
    const task = await this.#send(options, (client, settings) =>
      client.POST("/v1/agents/{agent}/calls", { params: { path, header }, body, ...settings }),
    );
    return toTaskResult(task);
  }
}
