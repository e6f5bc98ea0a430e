import { defineAgent, textOf } from "@smartcall/agent";
import { Conversation } from "./eliza/conversation.js";
import { RecentMap } from "./eliza/recent-map.js";

const conversations = new RecentMap<string, Conversation>(1_000, () => new Conversation());

/** Listens and asks back; remembers its conversation by the context, and streams word by word. */
export const eliza = defineAgent({
  name: "eliza",
  description: "A patient listener who asks back. Pass `contextId` again to go on with a talk.",
  version: "1.0.0",
  labels: { tier: "demo" },
  skills: [
    {
      id: "talk",
      name: "Talk",
      description: "Answers word by word, and comes back to what was said before in the context.",
      tags: ["conversation", "streaming"],
      examples: ["I am worried about my exam.", "My brother never listens to me."],
    },
  ],
  async *run(message, { task }) {
    const answer = conversations.take(task.contextId).answer(textOf(message));
    for (const word of answer.split(/(?<= )/)) yield word;
  },
});
