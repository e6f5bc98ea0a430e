import { createLink, type Link, type Outcome, type OutgoingExchange } from "@smartcall/link";
import {
  createJsonCodec,
  type JsonEvent,
  type JsonOpen,
  type JsonTypes,
} from "@smartcall/link/json";

/** What came of an exchange. */
export interface Answer {
  events: JsonEvent[];
  outcome: Outcome;
}

/** A client's end of a session, over the platform's own WebSocket. */
export interface RealtimeClient {
  readonly link: Link<JsonTypes>;
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Opens an exchange, half-closed unless `isInteractive`; `event` hears each event. */
  open(
    open: JsonOpen,
    options?: {
      isInteractive?: boolean;
      event?: (event: JsonEvent, exchange: OutgoingExchange<JsonTypes>) => void | Promise<void>;
    },
  ): Promise<Answer>;
}

/** Connects to `/v1/realtime` of a gateway. */
export function connectRealtime(baseUrl: string, windowBytes?: number): Promise<RealtimeClient> {
  const url = `${baseUrl.replace("http", "ws")}/v1/realtime`;
  const socket = new WebSocket(url, "smartcall.v1.json");
  return new Promise((resolve, reject) => {
    socket.onerror = reject;
    socket.onopen = () => resolve(createClient(socket, windowBytes));
  });
}

function createClient(socket: WebSocket, windowBytes: number | undefined): RealtimeClient {
  const link = createLink<JsonTypes>({
    side: "dialer",
    implementation: "test",
    codec: createJsonCodec(),
    ...(windowBytes !== undefined && { windowBytes }),
    carrier: {
      send(packet) {
        socket.send(new TextDecoder().decode(packet));
        return true;
      },
      close: () => socket.close(),
    },
  });
  socket.onmessage = ({ data }) => link.receive(String(data));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.onclose = ({ code, reason }) => {
      link.carrierLost();
      resolve({ code, reason });
    };
  });
  return {
    link,
    closed,
    open: (open, { isInteractive = false, event } = {}) =>
      new Promise((resolve) => {
        const events: JsonEvent[] = [];
        const exchange = link.open(
          open,
          {
            event(each) {
              events.push(each);
              return event?.(each, exchange);
            },
            close: (outcome) => resolve({ events, outcome }),
          },
          { halfClose: !isInteractive },
        );
      }),
  };
}
