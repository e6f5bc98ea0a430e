import {
  createLink,
  type IncomingExchange,
  type IncomingHandlers,
  type Link,
} from "@smartcall/link";
import { createJsonCodec, type JsonEvent, type JsonTypes } from "@smartcall/link/json";
import { type Reason, reasonInfo, SmartcallError } from "@smartcall/protocol";
import type { MessageInput, Task } from "@smartcall/protocol/openapi";
import { type WebSocketHandler, type WebSocketHandlerConnection, ws } from "msw";
import { createMessageQueue } from "./message-queue.js";
import { realtimeAnswers } from "./realtime-answers.js";
import type { RealtimeCall, RealtimeKind, RealtimeOverrides } from "./realtime-overrides.js";

/** What {@link createRealtimeHandler} takes. */
export interface RealtimeHandlerOptions {
  /** Where the mocked gateway is, `http://127.0.0.1:8080` by default. */
  readonly baseUrl?: string;
  /** Answers of your own, by the kind of exchange; all others answer their fixture. */
  readonly overrides?: RealtimeOverrides;
}

type Exchange = IncomingExchange<JsonTypes>;

/**
 * Clients that a handler has answered. MSW hands a connection to all handlers of its URL, the last one
 * that `server.use` was given first; this one wins, as it does for requests.
 */
const answered = new WeakSet<object>();

const subprotocol = "smartcall.v1.json";
const kinds = Object.keys(realtimeAnswers) as RealtimeKind[];

/**
 * An MSW handler for the WebSocket `/v1/realtime`, for `setupServer` and `setupWorker`.
 *
 * It speaks the subprotocol `smartcall.v1.json` with credit both ways, as a gateway does, and
 * answers the fixtures. A client that does not offer that subprotocol first is closed with 4000.
 */
export function createRealtimeHandler(options: RealtimeHandlerOptions = {}): WebSocketHandler {
  const base = (options.baseUrl ?? "http://127.0.0.1:8080").replace(/\/+$/, "");
  const link = ws.link(`${base.replace(/^http/, "ws")}/v1/realtime`);
  return link.addEventListener("connection", (connection) =>
    serveSession(connection, options.overrides ?? {}),
  );
}

function serveSession(
  { client, info }: WebSocketHandlerConnection,
  overrides: RealtimeOverrides,
): void {
  if (answered.has(client)) return;
  answered.add(client);
  const close = (reason: Reason | undefined) =>
    reason === undefined ? client.close() : client.close(reasonInfo(reason).closeCode, reason);
  // MSW tells the client that the first one was chosen.
  if ([info.protocols].flat()[0] !== subprotocol) {
    close("INVALID_ARGUMENT");
    return;
  }

  const session: Link<JsonTypes> = createLink({
    side: "acceptor",
    implementation: "smartcall-msw/1",
    codec: createJsonCodec(),
    carrier: {
      send(packet) {
        client.send(new TextDecoder().decode(packet));
        return true;
      },
      close,
    },
    accept: (exchange, open) =>
      acceptExchange(exchange, open, overrides, (reason) => session.close({ reason })),
  });
  client.addEventListener("message", ({ data }) =>
    session.receive(typeof data === "string" ? data : new Uint8Array()),
  );
  client.addEventListener("close", () => session.carrierLost());
}

function acceptExchange(
  exchange: Exchange,
  open: JsonTypes["open"],
  overrides: RealtimeOverrides,
  closeSession: (reason: Reason) => void,
): IncomingHandlers<JsonTypes> {
  const kind = kinds.find((candidate) => candidate in open);
  if (kind === undefined) throw new SmartcallError({ reason: "NOT_IMPLEMENTED" });
  const messages = createMessageQueue<MessageInput>();
  const controller = new AbortController();
  const request = (open as unknown as Record<RealtimeKind, unknown>)[kind];
  void answer(exchange, kind, overrides, {
    request,
    headers: open.headers ?? {},
    messages,
    signal: controller.signal,
    closeSession,
  } as RealtimeCall);
  return {
    message: (message) => messages.push(message),
    halfClose: () => messages.end(),
    cancel({ reason }) {
      controller.abort(new SmartcallError({ reason }));
      messages.end();
    },
  };
}

/** Answers an exchange to its end, which a thrown error is too. */
async function answer(
  exchange: Exchange,
  kind: RealtimeKind,
  overrides: RealtimeOverrides,
  call: RealtimeCall,
): Promise<void> {
  try {
    const override: unknown = overrides[kind];
    const given: unknown =
      typeof override === "function"
        ? await override(call)
        : (override ?? realtimeAnswers[kind](call as never));
    for await (const event of toEvents(kind, given)) {
      if (call.signal.aborted) return;
      if (!exchange.send(event)) await exchange.ready();
    }
    exchange.close();
  } catch (thrown) {
    const { reason, message } = SmartcallError.from(thrown);
    exchange.close({ reason, message });
  }
}

async function* toEvents(kind: RealtimeKind, answer: unknown): AsyncGenerator<JsonEvent> {
  if (kind === "call" || kind === "cancel") {
    const task = answer as Task;
    const { id: taskId, cursor = "", updateTime: time } = task;
    return yield { task: { taskId, cursor, time, snapshot: { task } } };
  }
  const name = kind === "watchAgents" ? "registry" : "task";
  for await (const event of answer as AsyncIterable<unknown>) yield { [name]: event } as JsonEvent;
}
