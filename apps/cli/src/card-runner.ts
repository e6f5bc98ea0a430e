// The process in which `smartcall contract check` asks the agents of a file for their cards.
import type { CardsMessage } from "./contract/read-cards.js";
import { loadAgents } from "./dev/load-agents.js";

const [file = ""] = process.argv.slice(2);
let message: CardsMessage;
try {
  const agents = await loadAgents(file, () => {});
  message = {
    cards: agents.map(({ card: { name, inputSchema, outputSchema } }) => ({
      name,
      inputSchema,
      outputSchema,
    })),
  };
} catch (thrown) {
  message = { problem: thrown instanceof Error ? thrown.message : String(thrown) };
}
process.send?.(message, () => process.exit());
