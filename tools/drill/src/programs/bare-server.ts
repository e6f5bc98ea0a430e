// The least that a server of WebSockets can do: an event a second on each, and an answer to a call.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { monotonicMs } from "../monotonic-ms.ts";
import { serveCommands } from "../processes/serve-commands.ts";

interface Opening {
  readonly frames: readonly {
    readonly exchange?: number;
    readonly open?: { readonly call?: object };
  }[];
}

const server = new WebSocketServer({
  port: 0,
  host: "127.0.0.1",
  perMessageDeflate: false,
  clientTracking: false,
});

server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (packet) => {
    for (const { exchange, open } of (JSON.parse(String(packet)) as Opening).frames) {
      if (open?.call) answer(socket, exchange);
      else if (open) tick(socket, exchange);
    }
  });
});

function answer(socket: WebSocket, exchange: number | undefined): void {
  const snapshot = { task: { state: "COMPLETED" } };
  const frames = [
    { exchange, event: { task: { cursor: "bare.1", snapshot } } },
    { exchange, close: {} },
  ];
  socket.send(JSON.stringify({ frames }));
}

/** What an event holds is as long as the gateway's. */
function tick(socket: WebSocket, exchange: number | undefined): void {
  let number = 0;
  const send = () => {
    const task = {
      taskId: "task_0123456789abcdefghijklmnopqr",
      cursor: `0123456789ab.${++number}`,
      time: new Date().toISOString(),
      outputDelta: { text: `${monotonicMs().toFixed(2)} ` },
    };
    socket.send(JSON.stringify({ frames: [{ exchange, event: { task } }] }));
  };
  send();
  const timer = setInterval(send, 1000);
  socket.once("close", () => clearInterval(timer));
}

await once(server, "listening");
serveCommands({ url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
