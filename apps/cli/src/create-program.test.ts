import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "./create-program.js";
import { exitCodes } from "./exit-code.js";

function commandsOf(command: Command): Command[] {
  return command.commands.flatMap((each) => [each, ...commandsOf(each)]);
}

function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

test("every command says what it does, with examples and the options that all take", () => {
  const commands = commandsOf(createProgram()).filter((each) => !each.name().startsWith("__"));
  expect(commands.length).toBeGreaterThan(9);
  for (const command of commands) {
    const help = helpOf(command);
    expect(help, command.name()).toMatch(/Examples:\n {2}(# .*\n {2})?.*smartcall /);
    expect(help, command.name()).toContain("--api-key");
    expect(command.description(), command.name()).not.toBe("");
  }
});

test("the guide's table has the exit codes that there are", () => {
  const guide = readFileSync(new URL("../../../docs/guide/cli.md", import.meta.url), "utf8");
  const [, table = ""] = /\| exit code [\s\S]*?\n\| -.*\n([\s\S]*?)\n\n/.exec(guide) ?? [];
  const codes = table.split("\n").map((row) => Number(row.split("|")[1]));
  expect(codes).toEqual(Object.values(exitCodes));
});
