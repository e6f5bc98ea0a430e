import { parseArgs } from "node:util";
import { ConfigError } from "../config/config-error.js";
import { configSchema } from "../config/config-schema.js";
import { loadConfig } from "../config/load-config.js";
import { helpText } from "./help-text.js";
import { serve } from "./serve.js";
import { version } from "./version.js";

const flags = {
  config: { type: "string", short: "c" },
  host: { type: "string" },
  port: { type: "string", short: "p" },
  agent: { type: "string", short: "a", multiple: true },
  insecure: { type: "boolean" },
  "log-level": { type: "string" },
  "log-format": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

/** Runs `smartcall-gateway …`; answers the exit code: 0 well, 1 failed, 2 asked wrongly. */
export async function runCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: flags,
      allowPositionals: true,
    });
    const [command = "serve", ...others] = positionals;
    if (values.help || command === "help") return say(helpText);
    if (values.version) return say(`smartcall-gateway ${version}`);
    if (others.length > 0) return complain(`unexpected ${JSON.stringify(others[0])}`);
    if (command === "schema") return say(JSON.stringify(configSchema, null, 2));
    if (command === "serve") return await serve(loadConfig(values, environment));
    return complain(`no command is named ${JSON.stringify(command)}`);
  } catch (error) {
    if (error instanceof ConfigError) return complain(error.message, false);
    if (error instanceof TypeError && "code" in error) return complain(error.message);
    throw error;
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string, hint = true): number {
  process.stderr.write(
    `smartcall-gateway: ${text}\n${hint ? "Try: smartcall-gateway --help\n" : ""}`,
  );
  return 2;
}
