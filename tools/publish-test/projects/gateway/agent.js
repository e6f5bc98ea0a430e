import { attach, defineAgent, textOf } from "@smartcall/agent";

const speller = defineAgent({
  name: "speller",
  description: "Spells what it is told, one letter at a time.",
  async *run(message) {
    for (const letter of textOf(message)) yield `${letter} `;
  },
});

await attach([speller]).ready;
