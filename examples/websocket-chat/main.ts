// pnpm --filter @smartcall/example-websocket-chat start
import { createInterface } from "node:readline/promises";
import { SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new SmartcallStreaming();
const terminal = createInterface({ input: process.stdin, output: process.stdout });

// What is typed, line by line; also when it was typed before it was asked for.
const lines = terminal[Symbol.asyncIterator]();
async function ask(prompt: string): Promise<string> {
  process.stdout.write(`${prompt} `);
  const { value, done } = await lines.next();
  return done ? "" : value;
}

// One task on one WebSocket, in which both sides speak until the agent has what it needs.
await using talk = smartcall.converse("booking");
await talk.send(await ask("What can I do for you?"));
for await (const event of talk) {
  if (event.type === "inputRequired") {
    const [part] = event.prompt?.parts ?? [];
    await talk.send(await ask(part?.text ?? "?"));
  }
}
const { state, message } = await talk.result();
console.log(state, message?.parts?.[0]?.data);
terminal.close();
