import type { Outcome, OutgoingExchange } from "@smartcall/link";
import type { JsonEvent, JsonOpen, JsonRequest, JsonTypes } from "@smartcall/link/json";
import type { Task } from "@smartcall/protocol/openapi";
import { SmartcallError } from "@smartcall/protocol/sdk";
import { isWireEvent, type WireEvent } from "../events/wire-event.js";
import { cut } from "../resume/cut.js";
import { errorFromOutcome } from "../session/error-from-loss.js";
import { ExchangeQueue } from "../session/exchange-queue.js";
import type { LinkPool } from "../session/link-pool.js";
import type { RealtimeLink } from "../session/realtime-link.js";
import type {
  ConnectionSettings,
  RequestSettings,
  StreamRequest,
  StreamTransport,
} from "./stream-transport.js";

/** The calling end of an exchange, for those who send messages on it. */
export type MessageExchange = Pick<OutgoingExchange<JsonTypes>, "send" | "ready" | "halfClose">;

/** What an exchange is made with, beside what every connection is. */
export interface ExchangeSettings extends ConnectionSettings {
  /** Hears of the exchange, which then stays open for messages. */
  readonly onExchange?: (exchange: MessageExchange) => void;
}

/** Reads events on exchanges of a link: one WebSocket for all of them. */
export class WebSocketTransport implements StreamTransport {
  readonly #pool: LinkPool;

  constructor(pool: LinkPool) {
    this.#pool = pool;
  }

  open(
    request: StreamRequest,
    settings: ExchangeSettings,
  ): AsyncGenerator<readonly WireEvent[], void, undefined> {
    const { signal } = settings;
    const open = toOpen(request, settings);
    return this.#pool.use(signal, (link) => readExchange(link, open, settings));
  }

  async cancelTask(
    task: string,
    reason: string | undefined,
    settings: RequestSettings,
  ): Promise<void> {
    const cancel = { task, ...(reason === undefined ? {} : { reason }) };
    await this.answer({ cancel }, settings);
  }

  /** The one snapshot that answers a request. */
  async answer(request: JsonRequest, settings: RequestSettings): Promise<Task> {
    const open = withHeaders(request, settings);
    const exchange = { ...settings, onRetryAfter: () => {} };
    const batches = this.#pool.use(settings.signal, (link) => readExchange(link, open, exchange));
    for await (const batch of batches) {
      for (const { snapshot } of batch) if (snapshot) return (snapshot as { task: Task }).task;
    }
    throw cut("the answer has no task");
  }
}

async function* readExchange(
  { link, loss }: RealtimeLink,
  open: JsonOpen,
  { signal, onExchange }: ExchangeSettings,
): AsyncGenerator<readonly WireEvent[], void, undefined> {
  const queue = new ExchangeQueue<WireEvent>();
  let isOpen = true;
  const exchange = link.open(
    open,
    {
      event: (event, bytes) => {
        const received = toWireEvent(event);
        if (received === undefined) queue.end(cut("an event without a place"));
        else return queue.push(received, bytes);
      },
      close: (outcome) => {
        isOpen = false;
        // The link says why in this turn, after it has told its exchanges.
        queueMicrotask(() => queue.end(errorFromEnd(outcome, loss())));
      },
    },
    { halfClose: onExchange === undefined },
  );
  const giveUp = () => {
    queue.end(signal.reason);
    if (isOpen) exchange.cancel({ reason: SmartcallError.from(signal.reason, "CANCELED").reason });
  };
  signal.addEventListener("abort", giveUp);
  try {
    yield [];
    onExchange?.(exchange);
    for (let batch = await queue.take(); batch !== undefined; batch = await queue.take()) {
      yield batch;
    }
  } finally {
    signal.removeEventListener("abort", giveUp);
    if (isOpen) exchange.cancel({ reason: "CANCELED" });
    // A link that drains is of no use to anybody else.
    if (!link.usable && link.size === 0) link.close();
  }
}

/** Why an exchange ended, undefined when it ended well; `loss` is why its link did. */
function errorFromEnd(outcome: Outcome, loss: SmartcallError | undefined): unknown {
  const { reason, lost, refused } = outcome;
  if (lost) return loss ?? cut("the session was closed");
  if (reason === undefined) return undefined;
  // The link knows of no agents: what never left it is refused by its end.
  if (refused && loss?.reason === "STREAM_TRUNCATED") {
    const { message } = loss;
    const nothingRan = { reason: "GATEWAY_UNREACHABLE", retryable: true } as const;
    return new SmartcallError({ ...nothingRan, message, cause: loss });
  }
  return errorFromOutcome(reason, outcome);
}

function toWireEvent(event: JsonEvent): WireEvent | undefined {
  const received: unknown = event.task ?? event.registry;
  return isWireEvent(received) ? received : undefined;
}

function toOpen(request: StreamRequest, settings: ConnectionSettings): JsonOpen {
  switch (request.kind) {
    case "stream": {
      const { agent, body, idempotencyKey } = request;
      const open = withHeaders({ stream: { agent, ...body } }, settings);
      return { ...open, headers: { ...open.headers, "idempotency-key": idempotencyKey } };
    }
    case "watch": {
      const { task, after, onGap } = request;
      return withHeaders({ watch: { task, after, onGap } }, settings);
    }
    case "watchAgents":
      return withHeaders({ watchAgents: { after: request.after } }, settings);
  }
}

/** The credential is the session's, and the deadline a field of its own. */
function withHeaders(
  request: JsonRequest,
  { headers: given, timeoutMs }: RequestSettings,
): JsonOpen {
  const entries = Object.entries(given);
  const headers = Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
  const isLimited = timeoutMs !== undefined && Number.isFinite(timeoutMs);
  return {
    ...request,
    ...(entries.length > 0 && { headers }),
    ...(isLimited && { timeoutMs: Math.ceil(timeoutMs) }),
  };
}
