import { type Command, Option } from "commander";
import { act } from "../act.js";
import type { NewCommandOptions } from "../actions/new.js";
import { examples } from "../examples.js";

/** `smartcall new agent [folder]`. */
export function declareNew(program: Command): void {
  const parent = program.command("new").description("Begin something new.");
  const command = parent
    .command("agent")
    .description("Make a folder with an agent that runs as it stands.")
    .argument("[folder]", "where; its last part is the agent's name", "my-agent")
    .addOption(
      new Option("-l, --language <language>", "what to write it in")
        .choices(["ts", "python", "go"])
        .default("ts"),
    )
    .action(act<NewCommandOptions>(async () => (await import("../actions/new.js")).newAgent));
  examples(parent, [["smartcall new agent", "./my-agent, in TypeScript"]]);
  examples(command, [
    ["smartcall new agent", "./my-agent, in TypeScript"],
    ["smartcall new agent translator --language python", "./translator, in Python"],
  ]);
}
