import { defineAgent } from "@smartcall/agent";

/** Answers with the parts of the message as they are, at once: the shortest call there is. */
export const echo = defineAgent({
  name: "echo",
  description: "Repeats what it is told, whatever its parts are.",
  version: "1.0.0",
  labels: { tier: "demo" },
  skills: [
    {
      id: "echo",
      name: "Echo",
      description:
        "Answers with the message's own parts. Use it to see whether calls come through.",
      tags: ["test"],
      examples: ["Hello!"],
    },
  ],
  run: ({ parts }) => parts,
});
