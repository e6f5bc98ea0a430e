import type { Command } from "commander";

/** Adds examples to the help of a command, each with what it is for. */
export function examples(command: Command, rows: readonly (readonly [string, string])[]): void {
  const width = Math.max(...rows.map(([line]) => line.length));
  const lines = rows.map(([line, what]) =>
    width > 60 ? `  # ${what}\n  ${line}` : `  ${line.padEnd(width)}  # ${what}`,
  );
  command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}
