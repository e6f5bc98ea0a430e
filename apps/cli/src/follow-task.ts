import type { TaskStream } from "@smartcall/streaming";
import { type ExitCode, exitCodes } from "./exit-code.js";
import type { TaskPrinter } from "./task-printer.js";
import type { Terminal } from "./terminal/terminal.js";

/** How a task is followed. */
export interface FollowOptions {
  stream: TaskStream;
  printer: TaskPrinter;
  terminal: Terminal;
  /** Cancels the task. */
  signal: AbortSignal;
  /** Print each event as a line of JSON instead. */
  asLines?: boolean;
}

/** Reads a stream to its end, canceling its task when it is told to; says whether it was. */
export async function followTask(options: FollowOptions): Promise<{ canceled: boolean }> {
  const { stream, printer, terminal, signal } = options;
  let canceling: Promise<void> | undefined;
  const cancel = () => {
    printer.stop();
    terminal.note("Canceling…");
    canceling = stream.cancel("interrupted by the user");
    // Whoever awaits it below hears of it; until then it is nobody's.
    canceling.catch(() => {});
  };
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    for await (const event of stream) {
      if (options.asLines) terminal.printLine(event);
      else printer.take(event);
    }
    await canceling;
  } catch (error) {
    if (!signal.aborted || stream.taskId !== undefined) throw error;
    // It was given up before the gateway had taken it.
  } finally {
    printer.stop();
    signal.removeEventListener("abort", cancel);
  }
  return { canceled: canceling !== undefined };
}

/** The exit code of a task in a state, for programs that read JSON. */
export function exitCodeOfState(state: string): ExitCode {
  return state === "COMPLETED" ? exitCodes.ok : exitCodes.failed;
}
