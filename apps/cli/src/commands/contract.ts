import type { Command } from "commander";
import { act } from "../act.js";
import type { CheckContractOptions } from "../actions/contract.js";
import type { SaveContractOptions } from "../actions/save-contract.js";
import { examples } from "../examples.js";

/** `smartcall contract check` and `smartcall contract save`. */
export function declareContract(program: Command): void {
  const parent = program.command("contract").description("What agents promise their callers.");
  const check = parent
    .command("check")
    .summary("Fail where agents break those who call them.")
    .description(
      "Compare the schemas of agents with those that the gateway knows them by, or with a file, and " +
        "fail where a caller that was right is right no longer. Without a file of agents those of the " +
        "gateway are compared with what they were.",
    )
    .argument("[file]", "a module that exports agents, or cards as JSON (default: the gateway's)")
    .option("--against <file>", "what they were, instead of what the gateway knows")
    .action(
      act<CheckContractOptions>(async () => (await import("../actions/contract.js")).checkContract),
    );
  const save = parent
    .command("save")
    .summary("Write what agents promise to a file that is committed.")
    .description(
      "Write the schemas of agents to a file that is committed, for `contract check --against` to " +
        "compare with. What breaks those who call by it is told, and not written unless it is meant.",
    )
    .argument("[file]", "a module that exports agents, or cards as JSON (default: the gateway's)")
    .option("-o, --out <file>", "where", "smartcall.contract.json")
    .option("--agent <name...>", "only these agents")
    .option("--breaking", "write what breaks those who call, too")
    .option("--check", "write nothing: fail when the file is not what would be written")
    .action(
      act<SaveContractOptions>(
        async () => (await import("../actions/save-contract.js")).saveContract,
      ),
    );
  examples(parent, [
    ["smartcall contract check ./my-agent.ts", "before it is let loose"],
    ["smartcall contract save ./my-agent.ts", "to be committed"],
  ]);
  examples(check, [
    ["smartcall contract check ./my-agent.ts", "against the gateway's last version"],
    [
      "smartcall contract check ./my-agent.ts --against smartcall.contract.json",
      "against what was saved, in CI",
    ],
    [
      "smartcall contract check --against smartcall.contract.json",
      "whether the gateway's agents are still what one calls",
    ],
  ]);
  examples(save, [
    ["smartcall contract save ./my-agent.ts", "what one's own agents promise"],
    ["smartcall contract save ./my-agent.ts --check", "in CI: whether that was done"],
    ["smartcall contract save --agent billing", "what another team's agent promises"],
    ["smartcall contract save ./my-agent.ts --breaking", "when it is meant"],
  ]);
}
