import { type Command, Option } from "commander";
import { act } from "../act.js";
import type {
  CancelTaskCommandOptions,
  GetTaskCommandOptions,
  SendCommandOptions,
  TasksCommandOptions,
} from "../actions/tasks.js";
import { examples } from "../examples.js";
import { parseCount, parseDuration } from "../shared-options.js";

const states = [
  "SUBMITTED",
  "WORKING",
  "INPUT_REQUIRED",
  "AUTH_REQUIRED",
  "COMPLETED",
  "FAILED",
  "CANCELED",
  "REJECTED",
];

/** `smartcall tasks`, `… get`, `… cancel`, `… send`. */
export function declareTasks(program: Command): void {
  const command = program
    .command("tasks")
    .description("List tasks, the records of calls; the newest first.")
    .allowExcessArguments()
    .option("--agent <name>", "only those of this agent")
    .option("--context <id>", "only those of this conversation")
    .addOption(new Option("--state <state...>", "only those in these states").choices(states))
    .option("-n, --limit <count>", "at most so many", parseCount, 20)
    .action(act<TasksCommandOptions>(async () => (await import("../actions/tasks.js")).listTasks));
  examples(command, [
    ["smartcall tasks", "the newest 20"],
    ["smartcall tasks --agent eliza --state WORKING", "what eliza works on"],
    ["smartcall tasks get 01JDC6ZB2E8R5XG4T7QMVN3K9P", "one task"],
  ]);
  const get = command
    .command("get")
    .description("Show a task.")
    .argument("<task>", "the task's id")
    .option("--wait <time>", "wait so long for it to end or to ask, 60s at most", parseDuration)
    .action(act<GetTaskCommandOptions>(async () => (await import("../actions/tasks.js")).getTask));
  examples(get, [
    ["smartcall tasks get 01JDC6ZB2E8R5XG4T7QMVN3K9P --wait 30s", "when it has ended"],
    ["smartcall tasks get 01JDC6ZB2E8R5XG4T7QMVN3K9P --json", "all of it"],
  ]);
  const cancel = command
    .command("cancel")
    .description("Cancel a task. One that has ended stays as it is.")
    .argument("<task>", "the task's id")
    .option("--reason <text>", "why, for the agent and the log")
    .action(
      act<CancelTaskCommandOptions>(async () => (await import("../actions/tasks.js")).cancelTask),
    );
  examples(cancel, [["smartcall tasks cancel 01JDC6ZB2E8R5XG4T7QMVN3K9P", "stop it"]]);
  const send = command
    .command("send")
    .description("Send a message to a task, such as the input that it asks for.")
    .argument("<task>", "the task's id")
    .argument("[text...]", "what to tell it; - or nothing reads standard input")
    .option("-d, --data <json>", "data for it instead: JSON, @file, or - for standard input")
    .action(act<SendCommandOptions>(async () => (await import("../actions/tasks.js")).sendToTask));
  examples(send, [['smartcall tasks send 01JDC6ZB2E8R5XG4T7QMVN3K9P "blue"', "answer it"]]);
}
