import type { Action } from "../act.js";
import { connect, connectStreaming } from "../connect.js";
import { exitCodes } from "../exit-code.js";
import { exitCodeOfState, followTask } from "../follow-task.js";
import { interruption } from "../interruption.js";
import { readInput } from "../read-input.js";
import { TaskPrinter } from "../task-printer.js";

/** What `call` takes. */
export interface CallCommandOptions {
  data?: string;
  file?: string[];
  context?: string;
  key?: string;
  stream?: boolean;
  detach?: boolean;
}

/** Calls an agent and prints its answer. */
export const callAgent: Action<CallCommandOptions> = async ({ args, options, terminal }) => {
  const [agent = "", ...words] = args;
  const input = await readInput({ words, data: options.data, files: options.file });
  const said = {
    ...(options.context !== undefined && { contextId: options.context }),
    ...(options.key !== undefined && { idempotencyKey: options.key }),
  };
  if (options.detach) {
    const client = await connect(options);
    const task = await client.call(agent, input, { ...said, respondAsync: true });
    if (terminal.isJson) terminal.printJson(task);
    else terminal.print(task.id);
    return exitCodes.ok;
  }

  using interrupted = interruption();
  const streaming = await connectStreaming(options);
  // A connection that breaks is made again; a command that dies takes its call with it.
  const stream = streaming.stream(agent, input, { ...said, onDisconnect: "CANCEL_AFTER_GRACE" });
  const printer = new TaskPrinter(terminal, { live: options.stream || terminal.isWatched });
  printer.wait(`calling ${agent}`);
  const { canceled } = await followTask({
    stream,
    printer,
    terminal,
    signal: interrupted.signal,
    asLines: terminal.isJson,
    ...(terminal.isJson && !options.stream && { asLines: false }),
  });
  if (canceled) {
    terminal.note(stream.taskId ? `Canceled task ${stream.taskId}.` : "Canceled.");
    return exitCodes.interrupted;
  }
  const result = await stream.result();
  if (!terminal.isJson) return printer.finish(result);
  if (!options.stream) {
    const client = await connect(options);
    terminal.printJson(await client.tasks.get(result.taskId));
  }
  return exitCodeOfState(result.state);
};
