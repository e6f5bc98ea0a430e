import { createKey, orAbort } from "@smartcall/client/core";
import { Conversation } from "./conversation.js";
import { toTaskStreamEvent } from "./events/task-stream-event.js";
import type { WireEvent } from "./events/wire-event.js";
import { MessageOutbox } from "./message-outbox.js";
import {
  createLifetime,
  createRequest,
  createTaskSource,
  type StreamingContext,
  toCallOptions,
} from "./open-streams.js";
import { Place } from "./resume/place.js";
import { readResuming } from "./resume/read-resuming.js";
import type { StreamOptions } from "./streaming-options.js";
import type { ConnectionSettings, StreamRequest } from "./transports/stream-transport.js";
import type { WebSocketTransport } from "./transports/websocket-transport.js";

/** A call whose input, and more, comes by `send`. */
export function openConversation(
  context: StreamingContext,
  transport: WebSocketTransport,
  agent: string,
  options: StreamOptions = {},
): Conversation {
  const { onGap = "FAIL", idempotencyKey = createKey() } = options;
  const place = new Place("", undefined, "after gap");
  const lifetime = createLifetime(context, options);
  const outbox = new MessageOutbox();

  async function* open(
    settings: ConnectionSettings,
  ): AsyncGenerator<readonly WireEvent[], void, undefined> {
    const { taskId: task, cursor: after } = place;
    let request: StreamRequest;
    if (task === undefined) {
      const body = { ...(await orAbort(outbox.first, settings.signal)), ...toCallOptions(options) };
      request = { kind: "stream", agent, body, idempotencyKey };
    } else request = { kind: "watch", task, after, onGap };
    try {
      const batches = transport.open(request, {
        ...settings,
        onExchange: (exchange) => outbox.connect(exchange),
      });
      for await (const batch of batches) yield batch.filter((event) => outbox.hear(event));
    } finally {
      outbox.disconnect();
    }
  }

  const batches = readResuming({
    open,
    request: createRequest(context, options),
    place,
    lifetime,
    reconnect: context.reconnect,
    log: context.options.log,
    toEvent: toTaskStreamEvent,
  });
  const source = createTaskSource({ context: { ...context, transport }, options, place, lifetime });
  return new Conversation({ ...source, batches }, outbox);
}
