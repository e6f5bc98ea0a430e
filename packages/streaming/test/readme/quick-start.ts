import { SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new SmartcallStreaming({ url: "http://127.0.0.1:8080" });
for await (const event of smartcall.stream("summarizer", "A page of prose.")) {
  if (event.type === "outputDelta") process.stdout.write(event.text);
}
