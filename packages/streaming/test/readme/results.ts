import { SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new SmartcallStreaming();

// The answer alone; a task that failed is an error with the task's reason.
console.log(await smartcall.stream("summarizer", "A page of prose.").text());

// Everything that the events amount to; a task that failed is told, not thrown.
const { state, text, artifacts, usage, error, prompt } = await smartcall
  .stream("calculator", { data: { expression: "2 * (3 + 4)" } })
  .result();
console.log(state, text, artifacts, usage, error, prompt);

// Both at once: events as they come, and what they amounted to.
const stream = smartcall.stream("summarizer", "A long book.", { onDisconnect: "CANCEL" });
for await (const event of stream) {
  if (event.type === "progress") console.log(event.fraction);
  if (event.type === "toolCall") console.log(event.name, event.arguments);
  if (event.type === "connection") console.log(event.state, event.attempt);
}
console.log((await stream.result()).state);
