import { createRealtimeHandler, fixtures } from "@smartcall/msw";
import { setupServer } from "msw/node";

const [first] = fixtures.watchTask.events;
const server = setupServer(
  createRealtimeHandler({
    overrides: {
      // A generator hears what the client says on the exchange.
      async *stream({ messages }) {
        for await (const { parts } of messages) {
          if (first) yield { ...first, outputDelta: { text: `You said ${parts[0]?.text}.` } };
        }
      },
      // A session that ends as if the gateway went away: code 4200, come back at once.
      watch({ closeSession }) {
        closeSession("DRAINING");
        return [];
      },
    },
  }),
);
server.listen();

const socket = new WebSocket("ws://127.0.0.1:8080/v1/realtime", "smartcall.v1.json");
const send = (...frames: object[]) => socket.send(JSON.stringify({ frames }));
socket.onopen = () =>
  send(
    { hello: { version: 1, windowBytes: 65_536 } },
    { exchange: 1, open: { stream: { agent: "eliza", text: "Hello." } } },
    { exchange: 1, message: { parts: [{ text: "hello" }] } },
    { exchange: 1, halfClose: {} },
  );
socket.onmessage = ({ data }) => {
  for (const { event, close } of JSON.parse(data).frames) {
    if (event) console.log(event.task.outputDelta.text); // You said hello.
    if (close) socket.close();
  }
};
await new Promise((resolve) => {
  socket.onclose = resolve;
});
server.close();
