import { fromJson, type JsonValue, type Message, toJson } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { type CallOptions, type Client, createClient, type Transport } from "@connectrpc/connect";
import { orAbort } from "@smartcall/client/core";
import {
  AgentService,
  CallRequestSchema,
  CommunicationService,
  RegistryEventSchema,
  StreamingService,
  TaskEvent_Gap_Policy,
  TaskEventSchema,
} from "@smartcall/protocol/proto";
import { isWireEvent, type WireEvent } from "../events/wire-event.js";
import { cut } from "../resume/cut.js";
import type {
  ConnectionSettings,
  RequestSettings,
  StreamRequest,
  StreamTransport,
} from "../transports/stream-transport.js";
import { errorFromConnect } from "./error-from-connect.js";

/** How long a gateway may take to answer a cancel, where nobody says. */
const cancelTimeoutMs = 45_000;

/** How a transport of Connect is used. */
export interface ConnectTransportOptions {
  /**
   * How long a stream may have no event before it is taken up again on another connection, in
   * milliseconds. Never by default: RPCs have no heartbeats, so an agent that thinks for long looks
   * like a connection that is lost.
   */
  idleTimeoutMs?: number;
}

/**
 * Reads streams through a transport of @connectrpc/connect:
 * `new SmartcallStreaming({ transport: connectTransport(createGrpcWebTransport({ baseUrl })) })`.
 *
 * Where the gateway is, is then the transport's to say.
 */
export function connectTransport(
  transport: Transport,
  options: ConnectTransportOptions = {},
): StreamTransport {
  return new ConnectStreams(transport, options);
}

class ConnectStreams implements StreamTransport {
  readonly #streaming: Client<typeof StreamingService>;
  readonly #communication: Client<typeof CommunicationService>;
  readonly #agents: Client<typeof AgentService>;
  readonly #idleMs: number;

  constructor(transport: Transport, { idleTimeoutMs }: ConnectTransportOptions) {
    this.#streaming = createClient(StreamingService, transport);
    this.#communication = createClient(CommunicationService, transport);
    this.#agents = createClient(AgentService, transport);
    this.#idleMs = idleTimeoutMs ?? Number.POSITIVE_INFINITY;
  }

  async *open(
    request: StreamRequest,
    settings: ConnectionSettings,
  ): AsyncGenerator<readonly WireEvent[], void, undefined> {
    const connection = new AbortController();
    const signal = AbortSignal.any([settings.signal, connection.signal]);
    let events: AsyncIterator<unknown> | undefined;
    let isHeard = false;
    try {
      const options = await createCallOptions({ ...settings, signal });
      events = this.#events(request, options)[Symbol.asyncIterator]();
      while (true) {
        const { done, value: event } = await this.#nextWithin(events, connection);
        if (done) return;
        isHeard = true;
        if (!isWireEvent(event)) throw cut("an event without a place");
        yield [event];
      }
    } catch (thrown) {
      throw errorFromConnect(thrown, isHeard);
    } finally {
      // Connect forgets its timer when it is asked once more after the abort.
      connection.abort();
      events?.next().catch(() => {});
    }
  }

  async cancelTask(
    task: string,
    reason: string | undefined,
    settings: RequestSettings,
  ): Promise<void> {
    try {
      const { timeoutMs = cancelTimeoutMs } = settings;
      const options = await createCallOptions({ ...settings, timeoutMs });
      await this.#communication.cancelTask({ task, reason: reason ?? "" }, options);
    } catch (thrown) {
      throw errorFromConnect(thrown, false);
    }
  }

  async #nextWithin(
    events: AsyncIterator<unknown>,
    connection: AbortController,
  ): Promise<IteratorResult<unknown>> {
    if (!Number.isFinite(this.#idleMs)) return events.next();
    const silence = cut(`no event came for ${this.#idleMs} ms`);
    const timer = setTimeout(() => connection.abort(silence), this.#idleMs);
    try {
      return await events.next();
    } catch (thrown) {
      throw connection.signal.aborted ? silence : thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  #events(request: StreamRequest, options: CallOptions): AsyncIterable<unknown> {
    switch (request.kind) {
      case "stream": {
        const { agent, body, idempotencyKey } = request;
        const call = fromJson(CallRequestSchema, { agent, ...body } as JsonValue);
        const headers = new Headers(options.headers);
        headers.set("idempotency-key", idempotencyKey);
        const events = this.#streaming.streamCall(call, { ...options, headers });
        return asJson(TaskEventSchema, events);
      }
      case "watch": {
        const { task, after } = request;
        const onGap = TaskEvent_Gap_Policy[request.onGap];
        const events = this.#streaming.watchTask({ task, after, onGap }, options);
        return asJson(TaskEventSchema, events);
      }
      case "watchAgents": {
        const events = this.#agents.watchAgents({ after: request.after }, options);
        return asJson(RegistryEventSchema, events);
      }
    }
  }
}

/** As the gateway writes JSON: fields that have their zero value are there. */
function asJson<Event extends Message>(
  schema: GenMessage<Event>,
  events: AsyncIterable<Event>,
): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = events[Symbol.asyncIterator]();
      return {
        async next() {
          const { done, value } = await iterator.next();
          if (done) return { done, value: undefined };
          return { done: false, value: toJson(schema, value, { alwaysEmitImplicit: true }) };
        },
      };
    },
  };
}

async function createCallOptions(settings: RequestSettings): Promise<CallOptions> {
  const { headers: given, token, timeoutMs, signal } = settings;
  const headers = new Headers(given);
  signal.throwIfAborted();
  const bearer = await orAbort(token(), signal);
  if (bearer !== undefined && !headers.has("authorization")) {
    headers.set("authorization", `Bearer ${bearer}`);
  }
  const isLimited = timeoutMs !== undefined && Number.isFinite(timeoutMs);
  return { headers, signal, ...(isLimited && { timeoutMs: Math.ceil(timeoutMs) }) };
}
