import type { Command } from "commander";
import { act } from "../act.js";
import type { CallCommandOptions } from "../actions/call.js";
import { examples } from "../examples.js";

/** `smartcall call <agent> [text...]`. */
export function declareCall(program: Command): void {
  const command = program
    .command("call")
    .description("Call an agent and print its answer. Ctrl-C cancels the call.")
    .argument("<agent>", "the agent's name")
    .argument("[text...]", "what to tell it; - or nothing reads standard input")
    .option("-d, --data <json>", "data for it instead: JSON, @file, or - for standard input")
    .option("-f, --file <path>", "a file to hand it; may be repeated", collect)
    .option("--context <id>", "the conversation to go on with")
    .option("--key <key>", "an idempotency key: a call that was made with it is joined")
    .option("--stream", "print the answer as it comes; with --json every event")
    .option("--detach", "do not wait: print the id of the task")
    .action(act<CallCommandOptions>(async () => (await import("../actions/call.js")).callAgent));
  examples(command, [
    ['smartcall call summarizer "A page of prose."', "a text"],
    ["smartcall call summarizer - < page.txt", "standard input"],
    ["smartcall call summarizer --file page.txt", "a file"],
    [`smartcall call calculator --data '{"expression": "1+2"}'`, "data"],
    ["smartcall call eliza hello --stream --json", "every event, a line each"],
  ]);
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
