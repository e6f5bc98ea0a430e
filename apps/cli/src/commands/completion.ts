import { Argument, type Command } from "commander";
import { act } from "../act.js";
import { examples } from "../examples.js";

/** `smartcall completion <shell>`, and what its scripts ask. */
export function declareCompletion(program: Command): void {
  const command = program
    .command("completion")
    .description("Print what makes a shell complete commands, options and agents.")
    .addArgument(new Argument("<shell>", "for which shell").choices(["bash", "zsh", "fish"]))
    .action(act(async () => (await import("../completion/scripts.js")).printScript));
  examples(command, [
    ["source <(smartcall completion bash)", "in ~/.bashrc; smartcall has to be on the PATH"],
    ["source <(smartcall completion zsh)", "in ~/.zshrc"],
    ["smartcall completion fish | source", "in ~/.config/fish/config.fish"],
  ]);
  program
    .command("__complete", { hidden: true })
    .argument("[words...]")
    .action(
      act(async () => {
        const { complete } = await import("../completion/complete.js");
        return complete(program);
      }),
    );
}
