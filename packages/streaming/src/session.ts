import { type CallInput, type TaskResult, toInputBody, toTaskResult } from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { Conversation } from "./conversation.js";
import type { EventStream } from "./event-stream.js";
import type { RegistryStreamEvent } from "./events/registry-stream-event.js";
import { openConversation } from "./open-conversation.js";
import {
  createLifetime,
  createRequest,
  openCall,
  openWatch,
  openWatchAgents,
  type StreamingContext,
  toCallOptions,
} from "./open-streams.js";
import type { LinkPool } from "./session/link-pool.js";
import type {
  SessionCallOptions,
  StreamOptions,
  WatchAgentsOptions,
  WatchOptions,
} from "./streaming-options.js";
import type { TaskStream } from "./task-stream.js";
import { WebSocketTransport } from "./transports/websocket-transport.js";

/**
 * Many calls on one WebSocket, each with its own flow: a slow reader holds up nobody else.
 *
 * When the connection is lost it is made again as soon as a stream needs it, and streams go on where
 * they were.
 */
export class Session implements AsyncDisposable {
  readonly #context: StreamingContext;
  readonly #pool: LinkPool;
  readonly #transport: WebSocketTransport;

  constructor(context: StreamingContext, pool: LinkPool) {
    this.#pool = pool;
    this.#transport = new WebSocketTransport(pool);
    // The gateway was there when the session began.
    const { maxAttempts } = context.reconnect;
    const reconnect = { ...context.reconnect, maxFirstAttempts: maxAttempts };
    this.#context = { ...context, reconnect, transport: this.#transport };
  }

  /** As `SmartcallStreaming.stream`, on this session. */
  stream(agent: string, input: CallInput, options?: StreamOptions): TaskStream {
    return openCall(this.#context, agent, input, options);
  }

  /** As `SmartcallStreaming.watch`, on this session. */
  watch(taskId: string, options?: WatchOptions): TaskStream {
    return openWatch(this.#context, taskId, options);
  }

  /** As `SmartcallStreaming.watchAgents`, on this session. */
  watchAgents(options?: WatchAgentsOptions): EventStream<RegistryStreamEvent> {
    return openWatchAgents(this.#context, options);
  }

  /** Talks with an agent: `send` says something, iterating hears it. */
  converse(agent: string, options?: StreamOptions): Conversation {
    return openConversation(this.#context, this.#transport, agent, options);
  }

  /**
   * Calls an agent and answers the task when it has ended or asks for input; one that FAILED is
   * answered too.
   *
   * Not repeated by itself. By default the task is canceled when the connection is lost.
   *
   * @throws {SmartcallError} the reason of a refusal, `STREAM_TRUNCATED` when the connection was
   * lost and it is not known what became of the call.
   */
  async call(
    agent: string,
    input: CallInput,
    options: SessionCallOptions = {},
  ): Promise<TaskResult> {
    const { idempotencyKey } = options;
    const call = { agent, ...toInputBody(input), ...toCallOptions(options) };
    const lifetime = createLifetime(this.#context, options);
    lifetime.start();
    const { headers, token } = createRequest(this.#context, options);
    try {
      const task = await this.#transport.answer(
        { call },
        {
          headers: {
            ...headers,
            ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
          },
          token,
          timeoutMs: lifetime.remainingMs,
          signal: lifetime.signal,
        },
      );
      return toTaskResult(task);
    } catch (thrown) {
      throw SmartcallError.from(lifetime.signal.aborted ? lifetime.signal.reason : thrown);
    } finally {
      lifetime.end();
    }
  }

  /** Hands a fresh token to the gateway, so that the session outlives the one before it. */
  async authenticate(): Promise<void> {
    const { token: readToken } = createRequest(this.#context, {});
    const [{ link }, token] = await Promise.all([
      this.#pool.connected(new AbortController().signal),
      readToken(),
    ]);
    if (token !== undefined) link.control({ authenticate: { token } });
  }

  /** Ends the session; streams on it end with `CANCELED`, their tasks go on as they were told to. */
  close(): void {
    this.#pool.close(
      new SmartcallError({ reason: "CANCELED", message: "The session was closed." }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
