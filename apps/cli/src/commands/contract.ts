import type { Command } from "commander";
import { act } from "../act.js";
import type { CheckContractOptions } from "../actions/contract.js";
import { examples } from "../examples.js";

/** `smartcall contract check <file>`. */
export function declareContract(program: Command): void {
  const parent = program.command("contract").description("What agents promise their callers.");
  const command = parent
    .command("check")
    .summary("Fail where agents break those who call them.")
    .description(
      "Compare the schemas of agents with those that the gateway knows them by, and fail where a\n" +
        "caller that was right is right no longer.",
    )
    .argument("<file>", "a module that exports agents, or cards as JSON")
    .option("--against <file>", "what they were, instead of what the gateway knows")
    .action(
      act<CheckContractOptions>(async () => (await import("../actions/contract.js")).checkContract),
    );
  examples(parent, [["smartcall contract check ./my-agent.ts", "before it is let loose"]]);
  examples(command, [
    ["smartcall contract check ./my-agent.ts", "against the gateway's last version"],
    ["smartcall contract check ./my-agent.ts --against cards.json", "against a file, in CI"],
    ["smartcall agents --json > cards.json", "makes such a file"],
  ]);
}
