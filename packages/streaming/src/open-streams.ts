import {
  type CallInput,
  createKey,
  createRequestHeaders,
  Lifetime,
  type RequestOptions,
  type ResolvedOptions,
  toInputBody,
} from "@smartcall/client/core";
import type { CallBody } from "@smartcall/protocol/openapi";
import { EventStream } from "./event-stream.js";
import { type RegistryStreamEvent, toRegistryStreamEvent } from "./events/registry-stream-event.js";
import { toTaskStreamEvent } from "./events/task-stream-event.js";
import { limitFirstEvent } from "./resume/limit-first-event.js";
import { Place } from "./resume/place.js";
import { readResuming, type StreamRequestSettings } from "./resume/read-resuming.js";
import type { ResolvedReconnectOptions } from "./resume/reconnect-options.js";
import type {
  StreamOptions,
  StreamRequestOptions,
  WatchAgentsOptions,
  WatchOptions,
} from "./streaming-options.js";
import { type TaskSource, TaskStream } from "./task-stream.js";
import type { StreamRequest, StreamTransport } from "./transports/stream-transport.js";

/** What streams are made of. */
export interface StreamingContext {
  readonly options: ResolvedOptions;
  readonly reconnect: ResolvedReconnectOptions;
  readonly firstEventTimeoutMs: number | undefined;
  readonly transport: StreamTransport;
}

/** A stream of a new call. */
export function openCall(
  context: StreamingContext,
  agent: string,
  input: CallInput,
  options: StreamOptions = {},
): TaskStream {
  const { idempotencyKey = createKey() } = options;
  const body = { ...toInputBody(input), ...toCallOptions(options) };
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
  const { transport, reconnect } = context;
  const place = new Place(options.after ?? "", undefined, "always");
  const lifetime = createLifetime(context, options);
  const batches = readResuming({
    open: (settings) => transport.open({ kind: "watchAgents", after: place.cursor }, settings),
    request: createRequest(context, options),
    place,
    lifetime,
    reconnect,
    log: context.options.log,
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
  const place =
    first.kind === "watch"
      ? new Place(first.after, first.task, "after gap")
      : new Place("", undefined, "after gap");
  const lifetime = createLifetime(context, options);
  const batches = readResuming({
    // Once the task is known a call is followed like any other task, and never made again.
    open: (settings) => {
      const { taskId: task, cursor: after } = place;
      const request: StreamRequest =
        task === undefined ? first : { kind: "watch", task, after, onGap };
      return transport.open(request, settings);
    },
    request: createRequest(context, options),
    place,
    lifetime,
    reconnect,
    log: context.options.log,
    toEvent: toTaskStreamEvent,
  });
  const { firstEventTimeoutMs = context.firstEventTimeoutMs } = options;
  return new TaskStream({
    ...createTaskSource({ context, options, place, lifetime }),
    batches:
      firstEventTimeoutMs === undefined
        ? batches
        : limitFirstEvent(batches, lifetime, firstEventTimeoutMs),
  });
}

/** What a stream of a task knows of it, and how the task is canceled. */
export function createTaskSource(setup: {
  context: StreamingContext;
  options: StreamRequestOptions;
  place: Place;
  lifetime: Lifetime;
}): Omit<TaskSource, "batches"> {
  const { context, options, place, lifetime } = setup;
  return {
    lifetime,
    cursor: () => place.cursor,
    taskId: () => place.taskId,
    cancelTask: (task, reason) => {
      // Also once the stream was left, or its time is over.
      const { signal } = new AbortController();
      const settings = { ...createRequest(context, options), signal };
      return context.transport.cancelTask(task, reason, settings);
    },
  };
}

/** How long a stream may live. */
export function createLifetime(
  { options: client }: StreamingContext,
  options: StreamRequestOptions,
): Lifetime {
  const { signal, timeoutMs = client.timeoutMs } = options;
  return new Lifetime({ signal, timeoutMs, now: client.now });
}

/** What each of its requests is made with. */
export function createRequest(
  { options: client }: StreamingContext,
  { headers }: Pick<RequestOptions, "headers">,
): StreamRequestSettings {
  let last: string | undefined;
  let refused: string | undefined;
  return {
    headers: createRequestHeaders(client, { token: undefined, headers }),
    token: async () => {
      const instead = refused;
      refused = undefined;
      last = await client.readToken(instead);
      return last;
    },
    refuseToken: () => {
      refused = last;
      return client.hasFreshTokens && refused !== undefined;
    },
  };
}

/** What a call says beside its input. */
export function toCallOptions(
  options: Pick<StreamOptions, "contextId" | "metadata" | "onDisconnect">,
): Pick<CallBody, "contextId" | "metadata" | "onDisconnect"> {
  const { contextId, metadata, onDisconnect } = options;
  return {
    ...(contextId === undefined ? {} : { contextId }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(onDisconnect === undefined ? {} : { onDisconnect }),
  };
}
