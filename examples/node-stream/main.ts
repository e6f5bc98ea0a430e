// pnpm --filter @smartcall/example-node-stream start "I am worried about my exam."
import { SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new SmartcallStreaming();
const said = process.argv[2] ?? "I am worried about my exam.";

// Leaving early, as Ctrl-C does, cancels the call.
const leaving = new AbortController();
process.once("SIGINT", () => leaving.abort());

const stream = smartcall.stream("eliza", said, {
  signal: leaving.signal,
  onDisconnect: "CANCEL_AFTER_GRACE",
});
for await (const event of stream) {
  if (event.type === "outputDelta") process.stdout.write(event.text);
  if (event.type === "connection") console.error(`\n(${event.state})`);
  if (event.type === "end") console.log(`\n${event.reason}`);
}
