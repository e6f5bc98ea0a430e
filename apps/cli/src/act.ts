import type { Command } from "commander";
import type { ExitCode } from "./exit-code.js";
import type { SharedOptions } from "./shared-options.js";
import { createTerminal, type Terminal } from "./terminal/terminal.js";

/** What a command is run with. */
export interface Invocation<Options> {
  /** The words that are no options. */
  readonly args: readonly string[];
  readonly options: Options & SharedOptions;
  readonly terminal: Terminal;
}

/** What a command does; answers the exit code. */
export type Action<Options> = (invocation: Invocation<Options>) => Promise<ExitCode>;

/** An action for commander that is loaded when it is run, so that the others start no slower. */
export function act<Options extends object>(
  load: () => Promise<Action<Options>>,
): (...values: unknown[]) => Promise<void> {
  return async (...values) => {
    const command = values.at(-1) as Command;
    const options = command.optsWithGlobals<Options & SharedOptions>();
    const run = await load();
    process.exitCode = await run({
      args: command.args,
      options,
      terminal: createTerminal(options),
    });
  };
}
