import type { Action } from "../act.js";
import { connectStreaming } from "../connect.js";
import { exitCodes } from "../exit-code.js";
import { exitCodeOfState } from "../follow-task.js";
import { interruption } from "../interruption.js";
import { TaskPrinter } from "../task-printer.js";

/** What `watch` takes. */
export interface WatchCommandOptions {
  after?: string;
}

/** Follows a task to its end. */
export const watchTask: Action<WatchCommandOptions> = async ({ args, options, terminal }) => {
  const [task = ""] = args;
  using interrupted = interruption();
  const streaming = await connectStreaming(options);
  const { signal } = interrupted;
  const stream = streaming.watch(task, {
    signal,
    onGap: "SNAPSHOT",
    ...(options.after !== undefined && { after: options.after }),
  });
  const printer = new TaskPrinter(terminal, { live: true, verbose: true });
  printer.wait(`waiting for ${task}`);
  try {
    for await (const event of stream) {
      if (terminal.isJson) terminal.printLine(event);
      else printer.take(event);
    }
  } catch (error) {
    printer.stop();
    if (!signal.aborted) throw error;
    const after = stream.cursor ? ` --after ${stream.cursor}` : "";
    terminal.note(`The task goes on. Come back with: smartcall watch ${task}${after}`);
    return exitCodes.interrupted;
  }
  const result = await stream.result();
  return terminal.isJson ? exitCodeOfState(result.state) : printer.finish(result);
};
