import { styleText } from "node:util";
import type { SharedOptions } from "../shared-options.js";
import { toPrintable } from "./to-printable.js";

/** How a word may look. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Where answers and remarks go. */
export interface Terminal {
  /** Whether answers are JSON. */
  readonly isJson: boolean;
  /** Whether a person reads the answers as they come. */
  readonly isWatched: boolean;
  /** Whether a person is there who can be asked. */
  readonly isInteractive: boolean;
  /** Whether a spinner may turn. */
  readonly canSpin: boolean;
  /** Columns of the screen; undefined where there is none. */
  readonly columns: number | undefined;
  /** Part of an answer, on standard output. */
  write(text: string): void;
  /** A line of an answer. */
  print(text: string): void;
  /** An answer as JSON: indented for people, one line for programs. */
  printJson(value: unknown): void;
  /** An answer as one line of JSON. */
  printLine(value: unknown): void;
  /** A remark on standard error, unless it is to be quiet. */
  note(text: string): void;
  /** What went wrong, on standard error. */
  complain(text: string): void;
  /** The text in a style, where its stream shows colours. */
  paint(style: Style, text: string, stream?: NodeJS.WriteStream): string;
}

/** Makes the terminal of a command from what every command takes. */
export function createTerminal(options: Pick<SharedOptions, "json" | "quiet" | "color">): Terminal {
  const { stdin, stdout, stderr } = process;
  const isJson = options.json ?? false;
  const isQuiet = options.quiet ?? false;
  const safe = (text: string) => (stdout.isTTY ? toPrintable(text) : text);
  return {
    isJson,
    isWatched: stdout.isTTY && !isJson,
    isInteractive: stdin.isTTY && stdout.isTTY && !isJson,
    canSpin: stderr.isTTY && !isQuiet && !isJson,
    columns: stdout.isTTY ? stdout.columns : undefined,
    write: (text) => void stdout.write(safe(text)),
    print: (text) => void stdout.write(`${text}\n`),
    printJson: (value) =>
      void stdout.write(`${safe(JSON.stringify(value, null, stdout.isTTY ? 2 : 0))}\n`),
    printLine: (value) => void stdout.write(`${safe(JSON.stringify(value))}\n`),
    note: (text) => void (isQuiet || stderr.write(`${text}\n`)),
    complain: (text) => void stderr.write(`${text}\n`),
    paint: (style, text, stream = stdout) => {
      const printable = stream.isTTY ? toPrintable(text) : text;
      return options.color ? styleText(style, printable, { stream }) : printable;
    },
  };
}
