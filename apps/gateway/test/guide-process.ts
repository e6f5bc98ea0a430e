import { artifact, attach, defineAgent, progress, textOf, toolCall, usage } from "@smartcall/agent";

// An agent that does everything an agent can. The gateway's URL stands in SMARTCALL_URL.
const guide = defineAgent({
  name: "guide",
  description: "Asks, listens, uses a tool, and answers in pieces.",
  async *run(_message, { ask, messages }) {
    yield progress(0.1, "thinking");
    const city = textOf(await ask("Which city?"));
    yield toolCall({ callId: "1", name: "weather", arguments: { city } });
    for await (const more of messages) {
      yield `heard ${textOf(more)}; `;
      break;
    }
    yield toolCall({
      callId: "1",
      name: "weather",
      result: { kind: { case: "stringValue", value: "sun" } },
    });
    const parts = (text: string) => [{ content: { case: "text" as const, value: text } }];
    yield artifact({ artifactId: "map", parts: parts("north ") }, { lastChunk: false });
    yield artifact({ artifactId: "map", parts: parts("south") }, { append: true, lastChunk: true });
    yield usage({ inputTokens: 3, outputTokens: 5 });
    for (const word of ["sunny ", "in ", city]) yield word;
  },
});

const attachment = attach([guide]);
await attachment.ready;
process.stdout.write("ready\n");
