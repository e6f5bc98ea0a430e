import type { Command } from "commander";
import { act } from "../act.js";
import type { AgentsCommandOptions } from "../actions/agents.js";
import { examples } from "../examples.js";

/** `smartcall agents`, `smartcall agents show <agent>`. */
export function declareAgents(program: Command): void {
  const command = program
    .command("agents")
    .description("List the agents that can be called.")
    .allowExcessArguments()
    .option("-w, --watch", "go on with what changes, until Ctrl-C")
    .action(
      act<AgentsCommandOptions>(async () => (await import("../actions/agents.js")).listAgents),
    );
  examples(command, [
    ["smartcall agents", "all of them"],
    ["smartcall agents show calculator", "one, with the schemas of what it takes and answers"],
    ["smartcall agents --watch", "what comes and goes"],
    ["smartcall agents --json", "as JSON"],
  ]);
  const show = command
    .command("show")
    .description("Show one agent: its skills, and what it takes and answers.")
    .argument("<agent>", "the agent's name")
    .action(act(async () => (await import("../actions/agents.js")).showAgent));
  examples(show, [
    ["smartcall agents show calculator", "for people"],
    ["smartcall agents show calculator --json", "the whole card"],
  ]);
}
