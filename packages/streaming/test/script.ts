// A program that uses the client and ends: nothing that it used may keep it alive.
import { SmartcallStreaming } from "@smartcall/streaming";
import { ways } from "./ways.ts";

const [, , url = "", name = ""] = process.argv;
const way = ways.find((each) => each.name === name);
if (way === undefined) throw new Error(`no way is called ${name}`);
const smartcall = new SmartcallStreaming(way.options(url));
const { text } = await smartcall.stream("counter", "10", { timeoutMs: 60_000 }).result();
for await (const event of smartcall.stream("endless", "hi", { onDisconnect: "CANCEL" })) {
  if (event.type === "outputDelta") break;
}
for await (const _ of smartcall.watchAgents()) break;
const canceled = smartcall.stream("endless", "hi");
for await (const event of canceled) if (event.type === "outputDelta") await canceled.cancel();
if (name.includes("WebSocket")) {
  await using session = await smartcall.connect();
  await session.stream("counter", "3").text();
  const talk = smartcall.converse("parrot");
  await talk.send("goodbye");
  await talk.send("goodbye");
  await talk.text();
}
process.stdout.write(text);
