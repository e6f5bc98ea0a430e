import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Action } from "../act.js";
import { exitCodes } from "../exit-code.js";
import { buildModel } from "../generate/build-model.js";
import { printGo } from "../generate/print-go.js";
import { printPython } from "../generate/print-python.js";
import { printTypescript } from "../generate/print-typescript.js";
import { fetchDocument, parseDocument } from "../generate/read-document.js";
import type { AgentModel } from "../generate/type-model.js";
import { CommandFailure, UsageError } from "../usage-error.js";

/** What `generate` takes. */
export interface GenerateCommandOptions {
  language: "ts" | "python" | "go";
  out?: string;
  agent?: string[];
  from?: string;
  check?: boolean;
}

const printers: Readonly<
  Record<GenerateCommandOptions["language"], (agents: AgentModel[], folder: string) => string>
> = { ts: printTypescript, python: printPython, go: printGo };

/** Writes a module in which each agent is typed. */
export const generate: Action<GenerateCommandOptions> = async ({ options, terminal }) => {
  const { language, agent: only, from, check } = options;
  const out = options.out ?? `agents.${{ ts: "ts", python: "py", go: "go" }[language]}`;
  const document =
    from === undefined ? await fetchDocument(options) : parseDocument(readText(from), from);
  const agents = buildModel(document, only);
  const missing = only?.filter((name) => !agents.some((each) => each.name === name)) ?? [];
  if (missing.length > 0) throw new UsageError(`no agent is named ${missing.join(", ")}`);
  const text = printers[language](agents, basename(dirname(resolve(out))));
  if (out === "-") {
    terminal.write(text);
    return exitCodes.ok;
  }
  const before = existsSync(out) ? readText(out) : undefined;
  if (check) {
    if (before === text) return exitCodes.ok;
    throw new CommandFailure(whatDiffers(out, before, text));
  }
  if (before !== text) writeFileSync(out, text);
  const count = `${agents.length} agent${agents.length === 1 ? "" : "s"}`;
  if (terminal.isJson) terminal.printJson({ file: out, agents: agents.map(({ name }) => name) });
  else terminal.note(`${out}: ${count}${before === text ? ", as it was" : ""}`);
  return exitCodes.ok;
};

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function whatDiffers(path: string, before: string | undefined, now: string): string {
  if (before === undefined) return `${path} does not exist; write it without --check`;
  const [old, fresh] = [before.split("\n"), now.split("\n")];
  const line = fresh.findIndex((each, index) => each !== old[index]);
  const at = line === -1 ? fresh.length : line;
  return (
    `${path} is not what the agents' schemas say, from line ${at + 1} on; write it again:\n` +
    `  - ${old[at] ?? "(the end)"}\n  + ${fresh[at] ?? "(the end)"}`
  );
}
