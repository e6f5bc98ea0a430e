import { attach, defineAgent, textOf } from "@smartcall/agent";
import { tokenAt } from "../tokens/token-text.ts";

// An agent that streams as many pieces of text as it is asked for, attached to the gateway at the
// first argument.
const tokens = defineAgent({
  name: "tokens",
  description: "Streams pieces of text.",
  async *run(message) {
    const count = Number(textOf(message));
    for (let index = 0; index < count; index++) yield tokenAt(index);
  },
});
attach([tokens], { gateway: String(process.argv[2]) });
