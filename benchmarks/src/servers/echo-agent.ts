import { attach, defineAgent, textOf } from "@smartcall/agent";
import { agentName } from "../call.ts";

// The echo agent as people write it, attached to the gateway at the first argument.
const echo = defineAgent({
  name: agentName,
  description: "Says what was said.",
  run: (message) => textOf(message),
});
attach([echo], { gateway: String(process.argv[2]) });
