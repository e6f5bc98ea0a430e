import { SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new SmartcallStreaming();
await using session = await smartcall.connect();

// Many calls at once, each with its own flow.
const texts = ["One page.", "Another page."].map((page) =>
  session.stream("summarizer", page).text(),
);
console.log(await Promise.all(texts));
console.log((await session.call("summarizer", "A third page.")).state);

// And an agent to talk with.
const talk = session.converse("summarizer");
await talk.send("A page of prose.");
for await (const event of talk) {
  if (event.type === "inputRequired") await talk.send("In one sentence.");
}
console.log(await talk.text());
