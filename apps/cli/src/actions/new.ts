import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import type { Action } from "../act.js";
import { exitCodes } from "../exit-code.js";
import { goAgent } from "../templates/go-agent.js";
import { pythonAgent } from "../templates/python-agent.js";
import type { Template } from "../templates/template.js";
import { typescriptAgent } from "../templates/typescript-agent.js";
import { UsageError } from "../usage-error.js";
import { readVersion } from "../version.js";

/** What `new agent` takes. */
export interface NewCommandOptions {
  language: "ts" | "python" | "go";
}

const templates: Readonly<Record<NewCommandOptions["language"], Template>> = {
  ts: typescriptAgent,
  python: pythonAgent,
  go: goAgent,
};

/** Makes a folder with an agent that runs as it stands. */
export const newAgent: Action<NewCommandOptions> = async ({ args, options, terminal }) => {
  const folder = resolve(args[0] ?? "my-agent");
  const name = basename(folder);
  if (!/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new UsageError(
      `${JSON.stringify(name)} cannot be an agent's name: ` +
        "lower-case letters, digits and hyphens, beginning with a letter, 63 at most",
    );
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UsageError(`${folder} exists and is not empty; choose another folder`);
  }
  const { files, steps } = templates[options.language]({ name, version: readVersion() });
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  if (terminal.isJson) {
    terminal.printJson({ folder, files: Object.keys(files), steps });
    return exitCodes.ok;
  }
  terminal.print(`${terminal.paint("green", "✓")} ${relative(process.cwd(), folder) || "."}`);
  terminal.note(`\nThen, beside a gateway (smartcall serve):\n`);
  for (const step of [`cd ${relative(process.cwd(), folder) || "."}`, ...steps]) {
    terminal.note(`  ${step}`);
  }
  terminal.note(`\nAnd call it: smartcall call ${name} "Hello"`);
  return exitCodes.ok;
};
