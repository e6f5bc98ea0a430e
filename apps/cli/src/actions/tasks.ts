import type { TaskResult, TaskState } from "@smartcall/client";
import type { Action } from "../act.js";
import { assertNoWord } from "../assert-no-word.js";
import { connect } from "../connect.js";
import { type ExitCode, exitCodes } from "../exit-code.js";
import { readInput } from "../read-input.js";
import { textOf } from "../task-printer.js";
import { formatTable } from "../terminal/format-table.js";
import type { Terminal } from "../terminal/terminal.js";
import { toPrintable } from "../terminal/to-printable.js";

/** What `tasks` takes. */
export interface TasksCommandOptions {
  agent?: string;
  context?: string;
  state?: string[];
  limit: number;
}

/** What `tasks get` takes. */
export interface GetTaskCommandOptions {
  /** In milliseconds. */
  wait?: number;
}

/** What `tasks cancel` takes. */
export interface CancelTaskCommandOptions {
  reason?: string;
}

/** What `tasks send` takes. */
export interface SendCommandOptions {
  data?: string;
}

/** Lists tasks, the newest first. */
export const listTasks: Action<TasksCommandOptions> = async ({ args, options, terminal }) => {
  assertNoWord(args, ["get", "cancel", "send"]);
  const { agent, context, state, limit } = options;
  const client = await connect(options);
  const tasks: TaskResult[] = [];
  const wanted = client.tasks.list({
    pageSize: Math.min(limit, 1_000),
    ...(agent !== undefined && { agent }),
    ...(context !== undefined && { contextId: context }),
    ...(state !== undefined && { states: state as TaskState[] }),
  });
  for await (const task of wanted) {
    tasks.push(task);
    if (tasks.length === limit) break;
  }
  if (terminal.isJson) terminal.printJson(tasks);
  else printTasks(terminal, tasks);
  return exitCodes.ok;
};

/** Shows a task. */
export const getTask: Action<GetTaskCommandOptions> = async ({ args, options, terminal }) => {
  const client = await connect(options);
  const { wait } = options;
  const waitMs = wait === undefined ? {} : { waitMs: Math.min(wait, 60_000) };
  return printTask(terminal, await client.tasks.get(args[0] ?? "", waitMs));
};

/** Cancels a task. */
export const cancelTask: Action<CancelTaskCommandOptions> = async ({ args, options, terminal }) => {
  const client = await connect(options);
  const { reason } = options;
  const task = await client.tasks.cancel(args[0] ?? "", reason === undefined ? {} : { reason });
  if (terminal.isJson) terminal.printJson(task);
  else terminal.print(`${task.id} is ${task.state}`);
  return exitCodes.ok;
};

/** Sends a message to a task. */
export const sendToTask: Action<SendCommandOptions> = async ({ args, options, terminal }) => {
  const [id = "", ...words] = args;
  const input = await readInput({ words, data: options.data });
  const client = await connect(options);
  const task = await client.tasks.send(id, input);
  if (terminal.isJson) terminal.printJson(task);
  else {
    terminal.print(`${task.id} is ${task.state}`);
    terminal.note(`Follow it with: smartcall watch ${task.id}`);
  }
  return exitCodes.ok;
};

function printTasks(terminal: Terminal, tasks: readonly TaskResult[]): void {
  if (tasks.length === 0) {
    terminal.note("There is no such task.");
    return;
  }
  const rows = tasks.map((task) => [
    task.id,
    task.agent,
    task.state,
    task.createTime,
    textOf(task.input?.parts ?? []) || JSON.stringify(task.input?.parts?.[0]?.data ?? ""),
  ]);
  const header = ["TASK", "AGENT", "STATE", "CREATED", "INPUT"];
  const [first = "", ...lines] = formatTable([header, ...rows], terminal.columns ?? 160);
  terminal.print(terminal.paint("dim", first));
  for (const line of lines) terminal.print(line);
}

function printTask(terminal: Terminal, task: TaskResult): ExitCode {
  if (terminal.isJson) {
    terminal.printJson(task);
    return exitCodes.ok;
  }
  const { id, agent, state, error, prompt, output } = task;
  terminal.print(`${terminal.paint("bold", id)} ${toPrintable(agent)} ${state}`);
  terminal.print(`created ${task.createTime}, changed ${task.updateTime}`);
  if (error) terminal.print(toPrintable(`${error.message} (${error.reason})`));
  if (prompt) terminal.print(`asks: ${toPrintable(textOf(prompt.parts ?? []))}`);
  for (const { text, data } of output?.parts ?? []) {
    if (text) terminal.print(toPrintable(text));
    else if (data !== undefined) terminal.printJson(data);
  }
  return exitCodes.ok;
}
