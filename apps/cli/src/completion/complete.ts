import type { Command } from "commander";
import type { Action } from "../act.js";
import { connect } from "../connect.js";
import { exitCodes } from "../exit-code.js";
import type { SharedOptions } from "../shared-options.js";

/** How long a person who presses Tab is kept waiting for the gateway, unless `--timeout` says. */
const patienceMs = 500;

/** Prints what may stand in the place of the last word, a line each. */
export function complete(program: Command): Action<object> {
  return async ({ args, options, terminal }) => {
    const last = args.at(-1) ?? "";
    const candidates = await candidatesFor(program, args.slice(0, -1), last, options);
    const fitting = candidates.filter((each) => each.startsWith(last));
    for (const each of [...new Set(fitting)].sort()) terminal.print(each);
    return exitCodes.ok;
  };
}

async function candidatesFor(
  program: Command,
  before: readonly string[],
  last: string,
  options: SharedOptions,
): Promise<readonly string[]> {
  let command = program;
  let operands = 0;
  let asking = undefined as Command["options"][number] | undefined;
  for (const word of before) {
    if (asking !== undefined) asking = undefined;
    else if (word.startsWith("-")) {
      const option = optionsOf(command).find((each) => each.short === word || each.long === word);
      asking = option?.required ? option : undefined;
    } else {
      const next = operands === 0 && command.commands.find((each) => each.name() === word);
      if (next) command = next;
      else operands++;
    }
  }
  if (asking !== undefined) return asking.argChoices ?? [];
  if (last.startsWith("-")) return optionsOf(command).map(({ long, short }) => long ?? short ?? "");
  const argument = command.registeredArguments[operands];
  return [
    ...(operands === 0 ? command.createHelp().visibleCommands(command) : []).map((each) =>
      each.name(),
    ),
    ...(argument?.argChoices ?? []),
    ...(argument?.name() === "agent" ? await agentNames(options) : []),
  ];
}

function optionsOf(command: Command): readonly Command["options"][number][] {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...(command.parent ? optionsOf(command.parent) : [])];
}

async function agentNames(options: SharedOptions): Promise<readonly string[]> {
  try {
    const client = await connect({ ...options, timeout: options.timeout ?? patienceMs });
    const names: string[] = [];
    for await (const { name } of client.agents.list()) names.push(name);
    return names;
  } catch {
    return [];
  }
}
