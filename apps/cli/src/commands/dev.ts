import type { Command } from "commander";
import { act } from "../act.js";
import { examples } from "../examples.js";

/** `smartcall dev <file>`. */
export function declareDev(program: Command): void {
  const command = program
    .command("dev")
    .summary("Run the agents of a file, again whenever it changes.")
    .description(
      "Run the agents that a file exports, attach them to the gateway, and do so again whenever " +
        "the file or one that it imports changes. Calls are shown as they come. What runs ends well, " +
        "and a file that is broken leaves the one before it in place.",
    )
    .argument("<file>", "a module in TypeScript or JavaScript that exports agents")
    .action(act(async () => (await import("../actions/dev.js")).dev));
  examples(command, [
    ["smartcall dev ./my-agent.ts", "on http://127.0.0.1:8080"],
    ["smartcall dev ./my-agent.ts --url https://agents.example", "behind another gateway"],
  ]);
}
