import { Smartcall, SmartcallError } from "@smartcall/client";
import { SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new Smartcall();
const task = await smartcall.call("speller", "abc");
const refused = await smartcall.call("nobody", "abc").catch((error) => error);

const streaming = new SmartcallStreaming();
const letters = [];
for await (const event of streaming.stream("speller", "abc")) {
  if (event.type === "outputDelta") letters.push(event.text);
}
const session = await streaming.connect();
const overWebSocket = await session.stream("speller", "abc").text();
await session.close();

console.log(
  JSON.stringify({
    waited: task.outputText,
    streamed: letters.join(""),
    overWebSocket,
    refused: refused instanceof SmartcallError && refused.reason,
  }),
);
