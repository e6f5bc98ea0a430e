import type { Command } from "commander";
import { examples } from "../examples.js";

/** `smartcall serve`, for help and for `smartcall --url … serve`; see `runProgram`. */
export function declareServe(program: Command): void {
  const command = program
    .command("serve")
    .description("Run a gateway. serve --help lists its flags.")
    .argument("[flags...]", "flags of the gateway, such as --port 9000")
    .allowUnknownOption()
    .action(async () => {
      const { runGateway } = await import("../actions/serve.js");
      process.exitCode = await runGateway(command.args);
    });
  examples(command, [
    ["smartcall serve", "on http://127.0.0.1:8080"],
    ["smartcall serve --port 9000 --agent http://127.0.0.1:7000", "with an agent to dial"],
  ]);
}
