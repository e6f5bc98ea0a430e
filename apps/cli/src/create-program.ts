import { Command } from "commander";
import { declareAgents } from "./commands/agents.js";
import { declareCall } from "./commands/call.js";
import { declareChat } from "./commands/chat.js";
import { declareCompletion } from "./commands/completion.js";
import { declareContract } from "./commands/contract.js";
import { declareDev } from "./commands/dev.js";
import { declareDoctor } from "./commands/doctor.js";
import { declareGenerate } from "./commands/generate.js";
import { declareNew } from "./commands/new.js";
import { declareServe } from "./commands/serve.js";
import { declareTasks } from "./commands/tasks.js";
import { declareWatch } from "./commands/watch.js";
import { examples } from "./examples.js";
import { addSharedOptions } from "./shared-options.js";
import { readVersion } from "./version.js";

/** All commands with their arguments, options and help; what they do is loaded when they run. */
export function createProgram(): Command {
  const program = new Command("smartcall")
    .description("One front door for agents: call them, talk with them, write them, run a gateway.")
    .version(readVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "print help, also of a command")
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("Try: smartcall --help")
    .exitOverride();
  addSharedOptions(program);
  declareCall(program);
  declareChat(program);
  declareAgents(program);
  declareTasks(program);
  declareWatch(program);
  declareDev(program);
  declareNew(program);
  declareGenerate(program);
  declareContract(program);
  declareServe(program);
  declareDoctor(program);
  declareCompletion(program);
  examples(program, [
    ["smartcall serve", "a gateway on this machine"],
    ['smartcall call summarizer "A page of prose."', "call an agent and print its answer"],
    ["smartcall chat eliza", "talk with an agent"],
  ]);
  return program;
}
