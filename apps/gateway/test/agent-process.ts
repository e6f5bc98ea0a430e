import { attach, defineAgent } from "@smartcall/agent";

// A process of agents for the tests that kill it. The gateway's URL stands in SMARTCALL_URL.
const hang = defineAgent({
  name: "hang",
  description: "Runs until it is told to stop.",
  run: (_message, { signal }) =>
    new Promise<string>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    }),
});
const echo = defineAgent({
  name: "echo",
  description: "Answers what it is told.",
  run: (message) => message.parts,
});

const attachment = attach([hang, echo], { capacity: 2_000 });
await attachment.ready;
process.stdout.write("ready\n");
