import type { Part } from "@smartcall/client";
import type { StreamResult, TaskStreamEvent } from "@smartcall/streaming";
import { type ExitCode, exitCodes } from "./exit-code.js";
import { createSpinner, type Spinner } from "./terminal/spinner.js";
import type { Terminal } from "./terminal/terminal.js";
import { toPrintable } from "./terminal/to-printable.js";

/** How a {@link TaskPrinter} shows what happens. */
export interface TaskPrinterOptions {
  /** Print the answer as it comes, and not only when it is whole. */
  live: boolean;
  /** Tell of states, tools and artifacts too. */
  verbose?: boolean;
}

/** Shows the events of a task to a person: the answer on standard output, the rest beside it. */
export class TaskPrinter {
  readonly #terminal: Terminal;
  readonly #options: TaskPrinterOptions;
  readonly #spinner: Spinner;
  /** What of the answer was printed. */
  #printed = "";
  /** Whether the cursor stands behind a piece of the answer. */
  #isLineOpen = false;
  #isConnected = false;

  constructor(terminal: Terminal, options: TaskPrinterOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.#spinner = createSpinner(terminal);
  }

  /** Something turns until the first event that shows. */
  wait(what: string): void {
    this.#spinner.start(what);
  }

  /** Shows an event. */
  take(event: TaskStreamEvent): void {
    if (event.type !== "connection") this.#isConnected = true;
    switch (event.type) {
      case "outputDelta":
        if (!this.#options.live) return;
        this.#spinner.stop();
        this.#write(event.text);
        return;
      case "connection":
        if (event.state === "reconnecting") {
          const what = this.#isConnected ? "the connection is lost" : "no answer yet";
          this.#note(`${what}, trying again: ${event.error.message}`);
        } else this.#note("connected");
        return;
      case "progress":
        if (this.#printed === "" && !this.#options.verbose) return;
        this.#note(`${Math.round(event.fraction * 100)} % ${event.message ?? ""}`.trim());
        return;
      case "toolCall":
        this.#note(
          event.error ? `tool ${event.name}: ${event.error.message}` : `tool ${event.name}`,
        );
        return;
      case "artifact":
        if (event.lastChunk)
          this.#note(`artifact ${event.artifact.name || event.artifact.artifactId}`);
        return;
      case "error":
        this.#note(`${event.message} (${event.reason})`);
        return;
      case "gap":
        this.#note("events that were before this are no longer kept; the task as it is now:");
        return;
      case "status":
        if (this.#options.verbose) this.#note(event.state);
    }
  }

  /** Shows what the events amounted to; answers the exit code. */
  finish({ state, text, message, error, prompt, taskId }: StreamResult): ExitCode {
    const terminal = this.#terminal;
    this.#spinner.stop();
    if (text !== this.#printed) {
      this.#endLine();
      this.#write(text);
    }
    this.#endLine();
    for (const part of message?.parts ?? []) printPart(terminal, part);
    switch (state) {
      case "COMPLETED":
        return exitCodes.ok;
      case "INPUT_REQUIRED":
        terminal.complain(`It asks: ${toPrintable(textOf(prompt?.parts ?? []))}`);
        terminal.complain(`  Answer with: smartcall tasks send ${taskId} "…"`);
        return exitCodes.failed;
      case "CANCELED":
        terminal.complain("The task was canceled.");
        return exitCodes.failed;
      case "FAILED":
      case "REJECTED": {
        const what = `${error?.message || `The task is ${state}.`} (${error?.reason ?? state})`;
        terminal.complain(terminal.paint("red", what, process.stderr));
        return exitCodes.failed;
      }
      default:
        terminal.complain(`The task is ${state}.`);
        return exitCodes.failed;
    }
  }

  /** Leaves no spinner behind. */
  stop(): void {
    this.#spinner.stop();
    this.#endLine();
  }

  #write(text: string): void {
    if (text === "") return;
    this.#terminal.write(text);
    this.#printed += text;
    this.#isLineOpen = !text.endsWith("\n");
  }

  #endLine(): void {
    if (this.#isLineOpen) this.#terminal.write("\n");
    this.#isLineOpen = false;
  }

  #note(text: string): void {
    this.#spinner.stop();
    if (this.#terminal.isWatched) this.#endLine();
    this.#terminal.note(this.#terminal.paint("dim", `· ${text}`, process.stderr));
  }
}

/** The parts of an answer that are no text. */
function printPart(terminal: Terminal, part: Part): void {
  if (part.data !== undefined) terminal.printJson(part.data);
  else if (part.url) terminal.print(toPrintable(part.url));
  else if (part.raw) {
    const what = part.filename || part.mediaType || "bytes";
    terminal.note(`(${toPrintable(what)}: bytes are in the answer; --json has them)`);
  }
}

/** The text of a message. */
export function textOf(parts: readonly Part[]): string {
  return parts.map((part) => part.text ?? "").join("");
}
