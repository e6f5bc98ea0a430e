import { SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new SmartcallStreaming();

// In one process: begin, remember the place, and leave.
const stream = smartcall.stream("summarizer", "A page of prose.");
for await (const event of stream) if (event.type === "outputDelta") break;
const { taskId = "", cursor = "" } = stream;

// In another, later: everything after that place, and to the end.
for await (const event of smartcall.watch(taskId, { after: cursor, onGap: "SNAPSHOT" })) {
  if (event.type === "end") console.log(event.reason);
}

// Or make an end of it.
await using watched = smartcall.watch(taskId);
await watched.cancel("no longer needed");
