import type { components, Task } from "@smartcall/protocol/openapi";
import { Agents } from "./agents.js";
import { type CallInput, toInputBody } from "./call-input.js";
import { createKey } from "./create-key.js";
import { definedOf } from "./defined-of.js";
import { type RequestOptions, resolveSmartcallOptions, type SmartcallOptions } from "./options.js";
import { assertPathSegment } from "./path-segment.js";
import { createSend, type Send } from "./requests/create-send.js";
import type { Log } from "./requests/log.js";
import type { Operation } from "./requests/operation.js";
import type { ResponsePromise } from "./response-promise.js";
import { type TaskResult, toTaskResult } from "./task-result.js";
import { Tasks } from "./tasks.js";

/** How long the gateway has to hear, in the background, that a call was given up. */
const abandonTimeoutMs = 5_000;

/** What {@link Smartcall.call} takes. */
export interface CallOptions extends RequestOptions {
  /** The conversation to go on with; a new one by default. */
  contextId?: string;
  /** Whatever is to be kept with the task. */
  metadata?: Record<string, unknown>;
  /**
   * A repeated call with the same key joins the first one instead of running again. A random one by
   * default, so that a call that is repeated by itself runs once.
   */
  idempotencyKey?: string;
  /**
   * What becomes of the task when nobody waits for it any more: it goes on (`CONTINUE`), is canceled at
   * once (`CANCEL`), or unless somebody comes back within the gateway's grace (`CANCEL_AFTER_GRACE`).
   *
   * By default the last of them for a call that waits and may be retried, since a retry comes back;
   * `CANCEL` with `maxRetries: 0`, `CONTINUE` with `respondAsync`.
   */
  onDisconnect?: Exclude<components["schemas"]["CallRequestOnDisconnect"], "UNSPECIFIED">;
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
  readonly #maxRetries: number;
  readonly #log: Log;

  constructor(options: SmartcallOptions = {}) {
    const resolved = resolveSmartcallOptions(options);
    this.#send = createSend(resolved);
    this.#maxRetries = resolved.maxRetries;
    this.#log = resolved.log;
    this.agents = new Agents(this.#send);
    this.tasks = new Tasks(this.#send);
  }

  /**
   * Calls an agent and answers the task when it has ended or asks for input.
   *
   * A task that FAILED is answered too, and says why in `error`; see its `state`. A connection that is
   * lost is made again and the call joined, so that it runs once. Aborting `signal` or running out of
   * `timeoutMs` cancels the call.
   *
   * @throws {SmartcallError} when the call was refused, with the reason: `AGENT_NOT_FOUND`,
   * `AGENT_BUSY`, …
   */
  call(agent: string, input: CallInput, options: CallOptions = {}): ResponsePromise<TaskResult> {
    const { contextId, metadata, idempotencyKey, respondAsync, maxRetries } = options;
    const joinable =
      !respondAsync && (maxRetries ?? this.#maxRetries) > 0 ? "CANCEL_AFTER_GRACE" : undefined;
    const { onDisconnect = joinable } = options;
    const body = { ...toInputBody(input), ...definedOf({ contextId, metadata, onDisconnect }) };
    const attempt: Operation<Task>["attempt"] = (client, settings) => {
      const path = { agent: assertPathSegment("agent", agent) };
      return client.POST("/v1/agents/{agent}/calls", { params: { path }, body, ...settings });
    };
    const key = { "idempotency-key": idempotencyKey ?? createKey() };
    const later = { ...key, prefer: "respond-async" };
    return this.#send(options, {
      attempt,
      headers: respondAsync ? later : key,
      // Those who share a key of their own may still wait for the task.
      ...(joinable && onDisconnect === joinable && idempotencyKey === undefined
        ? { onAbandoned: () => void this.#abandon(options, { attempt, headers: later }) }
        : {}),
    }).map(toTaskResult);
  }

  /**
   * Cancels a call whose caller has given up. A deadline the gateway knows; of an abort it would hear
   * nothing but that the connection is gone, which may be a caller that comes back. So the call is
   * joined once more, to learn of its task.
   */
  async #abandon(options: CallOptions, operation: Operation<Task>): Promise<void> {
    const { signal: _, ...perRequest } = { ...options, timeoutMs: abandonTimeoutMs };
    try {
      const { id } = await this.#send(perRequest, operation);
      await this.tasks.cancel(id, { ...perRequest, reason: "the caller gave up" });
    } catch (error) {
      this.#log.warn?.("a call that was given up could not be canceled", { error: `${error}` });
    }
  }
}
