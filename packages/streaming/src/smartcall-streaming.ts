import { type CallInput, resolveSmartcallOptions } from "@smartcall/client/core";
import type { EventStream } from "./event-stream.js";
import type { RegistryStreamEvent } from "./events/registry-stream-event.js";
import { openCall, openWatch, openWatchAgents, type StreamingContext } from "./open-streams.js";
import { resolveReconnectOptions } from "./resume/reconnect-options.js";
import type {
  StreamingOptions,
  StreamOptions,
  WatchAgentsOptions,
  WatchOptions,
} from "./streaming-options.js";
import type { TaskStream } from "./task-stream.js";
import { SseTransport } from "./transports/sse-transport.js";

/** A client of one gateway that follows agents as they work, for Node and browsers. */
export class SmartcallStreaming {
  readonly #context: StreamingContext;

  constructor(options: StreamingOptions = {}) {
    const resolved = resolveSmartcallOptions(options);
    const { transport = "sse", idleTimeoutMs = 45_000 } = options;
    this.#context = {
      options: resolved,
      reconnect: resolveReconnectOptions(options.reconnect),
      now: options.now ?? Date.now,
      transport:
        typeof transport === "object" ? transport : new SseTransport(resolved, idleTimeoutMs),
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
}
