import { WebSocket } from "ws";
import type { Json } from "./fixtures.js";
import { packetMisfits } from "./packet-misfits.js";

/** A session of bare JSON whose packets, both ways, are checked against the AsyncAPI document. */
export interface RecordedSession {
  /** The kinds of the frames that went either way, as `client open`. */
  readonly kinds: ReadonlySet<string>;
  /** What the document has against a packet, with the packet. */
  readonly misfits: readonly string[];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Sends a packet. */
  say(...frames: object[]): void;
  /** The first frame of the gateway, so far or to come, that has this body and belongs to this exchange. */
  hear(kind: string, exchange?: number): Promise<Json>;
}

/** Opens a session that pongs by itself. */
export async function recordSession(url: string): Promise<RecordedSession> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/realtime`, ["smartcall.v1.json"]);
  const kinds = new Set<string>();
  const misfits: string[] = [];
  const heard: Json[] = [];
  const listeners = new Set<() => void>();

  function record(sender: "client" | "gateway", text: string): readonly Json[] {
    const packet = JSON.parse(text) as { frames: Json[] };
    const misfit = packetMisfits(sender, packet);
    if (misfit !== "") misfits.push(`${misfit}: ${text}`);
    for (const { exchange: _, ...body } of packet.frames) {
      for (const kind of Object.keys(body)) kinds.add(`${sender} ${kind}`);
    }
    return packet.frames;
  }

  function say(...frames: object[]): void {
    const text = JSON.stringify({ frames });
    record("client", text);
    socket.send(text);
  }

  socket.on("message", (data) => {
    const frames = record("gateway", String(data));
    heard.push(...frames);
    for (const { ping } of frames) if (ping) say({ pong: ping });
    for (const listener of listeners) listener();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve).once("error", reject);
  });
  return {
    kinds,
    misfits,
    closed,
    say,
    hear: (kind, exchange) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find(
            (frame) =>
              kind in frame && (exchange === undefined || Number(frame["exchange"]) === exchange),
          );
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
  };
}
