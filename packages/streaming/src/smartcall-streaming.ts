import {
  type CallInput,
  type RequestOptions,
  resolveSmartcallOptions,
} from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { Conversation } from "./conversation.js";
import type { EventStream } from "./event-stream.js";
import type { RegistryStreamEvent } from "./events/registry-stream-event.js";
import { openConversation } from "./open-conversation.js";
import {
  createLifetime,
  openCall,
  openWatch,
  openWatchAgents,
  type StreamingContext,
} from "./open-streams.js";
import { resolveReconnectOptions } from "./resume/reconnect-options.js";
import { createLinkPool } from "./session/create-link-pool.js";
import type { LinkPool } from "./session/link-pool.js";
import { Session } from "./session.js";
import type {
  StreamingOptions,
  StreamOptions,
  WatchAgentsOptions,
  WatchOptions,
} from "./streaming-options.js";
import type { TaskStream } from "./task-stream.js";
import { SseTransport } from "./transports/sse-transport.js";
import { WebSocketTransport } from "./transports/websocket-transport.js";

/** A client of one gateway that follows agents as they work, for Node and browsers. */
export class SmartcallStreaming {
  readonly #context: StreamingContext;
  readonly #createPool: (isHeld: boolean) => LinkPool;

  constructor(options: StreamingOptions = {}) {
    const resolved = resolveSmartcallOptions(options);
    const { transport = "sse", idleTimeoutMs = 45_000 } = options;
    this.#createPool = (isHeld) =>
      createLinkPool({ options: resolved, webSocket: options, idleTimeoutMs, isHeld });
    this.#context = {
      options: resolved,
      reconnect: resolveReconnectOptions(
        { random: resolved.backoff.random, ...options.reconnect },
        resolved.maxRetries,
      ),
      firstEventTimeoutMs: options.firstEventTimeoutMs,
      transport:
        transport === "sse"
          ? new SseTransport(resolved, idleTimeoutMs)
          : transport === "websocket"
            ? new WebSocketTransport(this.#createPool(false))
            : transport,
    };
  }

  /**
   * Calls an agent and answers the task's events as they happen.
   *
   * ```ts
   * for await (const event of smartcall.stream("eliza", "hello")) {
   *   if (event.type === "outputDelta") process.stdout.write(event.text);
   * }
   * ```
   *
   * The call is made when the first event is asked for, and never runs twice, however often the
   * connection breaks. The last event is an `end`: TERMINAL, or INTERRUPTED when the task asks for
   * input.
   */
  stream(agent: string, input: CallInput, options?: StreamOptions): TaskStream {
    return openCall(this.#context, agent, input, options);
  }

  /** The events of a task, those that were and those to come, each number once. */
  watch(taskId: string, options?: WatchOptions): TaskStream {
    return openWatch(this.#context, taskId, options);
  }

  /** What changes in the registry: all agents first, then each change. Ends when it is left. */
  watchAgents(options?: WatchAgentsOptions): EventStream<RegistryStreamEvent> {
    return openWatchAgents(this.#context, options);
  }

  /**
   * Opens one WebSocket for many calls, and answers when the gateway has said hello.
   *
   * It stays open until `close()`, and keeps a Node process alive until then.
   *
   * @throws {SmartcallError} `GATEWAY_UNREACHABLE`, or the reason of a refusal.
   */
  async connect(options: Pick<RequestOptions, "signal" | "timeoutMs"> = {}): Promise<Session> {
    const pool = this.#createPool(true);
    const lifetime = createLifetime(this.#context, options);
    lifetime.start();
    try {
      await pool.connected(lifetime.signal);
      return new Session(this.#context, pool);
    } catch (thrown) {
      const error = SmartcallError.from(thrown);
      pool.close(error);
      if (error.reason !== "STREAM_TRUNCATED") throw error;
      // No stream was there yet.
      const { message } = error;
      throw new SmartcallError({ reason: "GATEWAY_UNREACHABLE", message, cause: error });
    } finally {
      lifetime.end();
    }
  }

  /**
   * Talks with an agent on a WebSocket of its own, which ends with the conversation: `send` says
   * something, iterating hears it.
   */
  converse(agent: string, options?: StreamOptions): Conversation {
    const transport = new WebSocketTransport(this.#createPool(false));
    return openConversation(this.#context, transport, agent, options);
  }
}
