import type { Command } from "commander";
import { act } from "../act.js";
import type { ChatCommandOptions } from "../actions/chat.js";
import { examples } from "../examples.js";

/** `smartcall chat <agent> [text...]`. */
export function declareChat(program: Command): void {
  const command = program
    .command("chat")
    .summary("Talk with an agent, a line at a time.")
    .description(
      "Talk with an agent, a line at a time. Ctrl-C cancels the answer, a second one quits; " +
        "so does Ctrl-D. Lines may come from a pipe too.",
    )
    .argument("<agent>", "the agent's name")
    .argument("[text...]", "what to tell it first")
    .option("--context <id>", "the conversation to go on with; a new one by default")
    .action(act<ChatCommandOptions>(async () => (await import("../actions/chat.js")).chat));
  examples(command, [
    ["smartcall chat eliza", "talk"],
    ['smartcall chat eliza "I am sad."', "say the first line at once"],
    ["smartcall chat eliza --json < lines.txt", "every event of every answer"],
  ]);
}
