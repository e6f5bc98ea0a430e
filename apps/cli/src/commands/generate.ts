import { type Command, Option } from "commander";
import { act } from "../act.js";
import type { GenerateCommandOptions } from "../actions/generate.js";
import { examples } from "../examples.js";

/** `smartcall generate`. */
export function declareGenerate(program: Command): void {
  const command = program
    .command("generate")
    .summary("Write a module in which each agent is typed.")
    .description(
      "Write a module in which each agent has its own typed call and stream, by the schemas of its " +
        "card. The same agents make the same text.",
    )
    .addOption(
      new Option("-l, --language <language>", "what to write it in")
        .choices(["ts", "python", "go"])
        .default("ts"),
    )
    .option("-o, --out <file>", "where; - is standard output (default: agents.ts, .py or .go)")
    .option("--agent <name...>", "only these agents")
    .option("--from <file>", "an openapi.json instead of a gateway")
    .option("--check", "write nothing: fail when the file is not what would be written")
    .action(
      act<GenerateCommandOptions>(async () => (await import("../actions/generate.js")).generate),
    );
  examples(command, [
    ["smartcall generate --out src/agents.ts", "TypeScript"],
    ["smartcall generate --language python --out agents.py", "Python"],
    ["smartcall generate --language go --out agents/agents.go", "Go, in the package of its folder"],
    ["smartcall generate --out src/agents.ts --check", "in CI"],
  ]);
}
