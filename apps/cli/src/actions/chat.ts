import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Smartcall } from "@smartcall/client";
import type { SmartcallStreaming, TaskStream } from "@smartcall/streaming";
import type { Action, Invocation } from "../act.js";
import { connect, connectStreaming } from "../connect.js";
import { type ExitCode, exitCodes } from "../exit-code.js";
import { exitCodeOfState, followTask } from "../follow-task.js";
import { TaskPrinter, textOf } from "../task-printer.js";
import { toPrintable } from "../terminal/to-printable.js";

/** What `chat` takes. */
export interface ChatCommandOptions {
  context?: string;
}

/** Talks with an agent until its lines, or the person, have ended. */
export const chat: Action<ChatCommandOptions> = async (invocation) => {
  const { args, options, terminal } = invocation;
  const [agent = "", ...words] = args;
  const talk = new Talk(invocation, agent, await connect(options), await connectStreaming(options));
  const onInterrupt = () => talk.interrupt();
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  try {
    // A person is asked even about an agent that is not there; better to say so first.
    await talk.assertAgent();
    if (terminal.isInteractive) terminal.note(`Talking with ${agent}; Ctrl-D ends it.`);
    if (words.length > 0) await talk.say(words.join(" "));
    await readLines(talk, invocation);
    return talk.exitCode;
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onInterrupt);
  }
};

/** One line after another: those that come while an answer is under way wait. */
async function readLines(talk: Talk, { terminal }: Invocation<ChatCommandOptions>): Promise<void> {
  const { isInteractive } = terminal;
  // Not before somebody listens: lines that come earlier would be lost.
  const lines = createInterface({
    input: process.stdin,
    ...(isInteractive && { output: process.stdout, prompt: terminal.paint("cyan", "› ") }),
  });
  // A terminal that readline edits lines on sends no signal of its own.
  lines.on("SIGINT", () => talk.interrupt());
  if (isInteractive) lines.prompt();
  for await (const line of lines) {
    if (line.trim() !== "") await talk.say(line);
    if (isInteractive) lines.prompt();
  }
}

/** A conversation with one agent. */
class Talk {
  exitCode: ExitCode = exitCodes.ok;
  readonly #invocation: Invocation<ChatCommandOptions>;
  readonly #agent: string;
  readonly #client: Smartcall;
  readonly #streaming: SmartcallStreaming;
  readonly #contextId: string;
  /** Aborted by the first Ctrl-C while an answer is under way. */
  #answering: AbortController | undefined;
  /** The task that waits for what is said next. */
  #asking: { taskId: string; cursor: string } | undefined;

  constructor(
    invocation: Invocation<ChatCommandOptions>,
    agent: string,
    client: Smartcall,
    streaming: SmartcallStreaming,
  ) {
    this.#invocation = invocation;
    this.#agent = agent;
    this.#client = client;
    this.#streaming = streaming;
    this.#contextId = invocation.options.context ?? randomUUID();
  }

  /** @throws {SmartcallError} `AGENT_NOT_FOUND`. */
  async assertAgent(): Promise<void> {
    await this.#client.agents.get(this.#agent);
  }

  /** The first cancels an answer; the next one, or one while nothing is under way, quits. */
  interrupt(): void {
    if (this.#answering === undefined || this.#answering.signal.aborted) {
      this.#invocation.terminal.note("");
      process.exit(exitCodes.interrupted);
    }
    this.#answering.abort();
  }

  async say(text: string): Promise<void> {
    const { terminal } = this.#invocation;
    const answering = new AbortController();
    this.#answering = answering;
    try {
      const stream = await this.#begin(text);
      const printer = new TaskPrinter(terminal, { live: true });
      printer.wait(`${this.#agent} thinks`);
      const { canceled } = await followTask({
        stream,
        printer,
        terminal,
        signal: answering.signal,
        asLines: terminal.isJson,
      });
      if (canceled) {
        terminal.note("Canceled. Ctrl-C again quits.");
        return;
      }
      const result = await stream.result();
      const { taskId, cursor } = stream;
      if (result.state === "INPUT_REQUIRED" && taskId && cursor) {
        this.#asking = { taskId, cursor };
        if (!terminal.isJson) terminal.print(toPrintable(textOf(result.prompt?.parts ?? [])));
        return;
      }
      const code = terminal.isJson ? exitCodeOfState(result.state) : printer.finish(result);
      // A person has seen what failed and goes on; a program is told at the end.
      if (code !== exitCodes.ok && !terminal.isInteractive) this.exitCode = code;
    } finally {
      this.#answering = undefined;
    }
  }

  /** A call of its own, or what the running task asked for. */
  async #begin(text: string): Promise<TaskStream> {
    const asking = this.#asking;
    this.#asking = undefined;
    if (asking === undefined) {
      const { timeout } = this.#invocation.options;
      return this.#streaming.stream(this.#agent, text, {
        contextId: this.#contextId,
        onDisconnect: "CANCEL_AFTER_GRACE",
        ...(timeout !== undefined && { timeoutMs: timeout }),
      });
    }
    await this.#client.tasks.send(asking.taskId, text);
    return this.#streaming.watch(asking.taskId, { after: asking.cursor });
  }
}
