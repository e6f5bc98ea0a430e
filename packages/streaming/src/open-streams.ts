import {
  type CallInput,
  createRequestHeaders,
  type RequestOptions,
  type ResolvedOptions,
  toInputBody,
} from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol";
import { EventStream } from "./event-stream.js";
import { type RegistryStreamEvent, toRegistryStreamEvent } from "./events/registry-stream-event.js";
import { toTaskStreamEvent } from "./events/task-stream-event.js";
import { Lifetime } from "./resume/lifetime.js";
import { Place } from "./resume/place.js";
import { readResuming } from "./resume/read-resuming.js";
import type { ResolvedReconnectOptions } from "./resume/reconnect-options.js";
import type { StreamOptions, WatchAgentsOptions, WatchOptions } from "./streaming-options.js";
import { TaskStream } from "./task-stream.js";
import type { StreamRequest, StreamTransport } from "./transports/stream-transport.js";

/** What streams are made of. */
export interface StreamingContext {
  readonly options: ResolvedOptions;
  readonly reconnect: ResolvedReconnectOptions;
  readonly now: () => number;
  readonly transport: StreamTransport;
}

/** A stream of a new call. */
export function openCall(
  context: StreamingContext,
  agent: string,
  input: CallInput,
  options: StreamOptions = {},
): TaskStream {
  const { contextId, metadata, onDisconnect, idempotencyKey = crypto.randomUUID() } = options;
  const body = {
    ...toInputBody(input),
    ...(contextId === undefined ? {} : { contextId }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(onDisconnect === undefined ? {} : { onDisconnect }),
  };
  return openTask(context, options, { kind: "stream", agent, body, idempotencyKey });
}

/** A stream of a task that runs already, or has run. */
export function openWatch(
  context: StreamingContext,
  task: string,
  options: WatchOptions = {},
): TaskStream {
  const { after = "", onGap = "FAIL" } = options;
  return openTask(context, options, { kind: "watch", task, after, onGap });
}

/** A stream of what changes in the registry. */
export function openWatchAgents(
  context: StreamingContext,
  options: WatchAgentsOptions = {},
): EventStream<RegistryStreamEvent> {
  const place = new Place(options.after ?? "", undefined, "always");
  const lifetime = createLifetime(context, options);
  const batches = readResuming({
    open: (settings) =>
      context.transport.open({ kind: "watchAgents", after: place.cursor }, settings),
    headers: (timeoutMs) => createHeaders(context, options, timeoutMs),
    place,
    lifetime,
    reconnect: context.reconnect,
    toEvent: toRegistryStreamEvent,
  });
  return new EventStream({ batches, lifetime, cursor: () => place.cursor });
}

function openTask(
  context: StreamingContext,
  options: StreamOptions & WatchOptions,
  first: Exclude<StreamRequest, { kind: "watchAgents" }>,
): TaskStream {
  const { transport, reconnect } = context;
  const { onGap = "FAIL" } = options;
  const place = new Place(
    first.kind === "watch" ? first.after : "",
    first.kind === "watch" ? first.task : undefined,
    "after gap",
  );
  const lifetime = createLifetime(context, options);
  const batches = readResuming({
    // Once the task is known a call is followed like any other task, and never made again.
    open: (settings) => {
      const { taskId: task, cursor: after } = place;
      const request: StreamRequest =
        task === undefined ? first : { kind: "watch", task, after, onGap };
      return transport.open(request, settings);
    },
    headers: (timeoutMs) => createHeaders(context, options, timeoutMs),
    place,
    lifetime,
    reconnect,
    toEvent: toTaskStreamEvent,
  });
  return new TaskStream({
    batches,
    lifetime,
    cursor: () => place.cursor,
    taskId: () => place.taskId,
    cancelTask: async (task, reason) => {
      const headers = await createHeaders(context, options, undefined);
      await transport.cancelTask(task, reason, { headers, signal: lifetime.signal });
    },
  });
}

function createLifetime(context: StreamingContext, options: RequestOptions): Lifetime {
  const { signal, timeoutMs = context.options.timeoutMs } = options;
  return new Lifetime({ signal, timeoutMs, now: context.now });
}

/** A token that cannot be had now may be there at the next try: the network may be gone for both. */
async function createHeaders(
  { options }: StreamingContext,
  { headers }: RequestOptions,
  timeoutMs: number | undefined,
): Promise<Record<string, string>> {
  try {
    return await createRequestHeaders(options, { headers, timeoutMs });
  } catch (cause) {
    if (cause instanceof SmartcallError) throw cause;
    const message = `The token cannot be had: ${String(cause)}`;
    throw new SmartcallError({ reason: "GATEWAY_UNREACHABLE", message, cause });
  }
}
