import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Action } from "../act.js";
import { apiKeyOf, gatewayUrl } from "../connect.js";
import { Supervisor } from "../dev/supervisor.js";
import { exitCodes } from "../exit-code.js";
import { interruption } from "../interruption.js";
import { UsageError } from "../usage-error.js";

/** Runs the agents of a file until Ctrl-C, again whenever it changes. */
export const dev: Action<object> = async ({ args, options, terminal }) => {
  const file = resolve(args[0] ?? "");
  if (!existsSync(file)) {
    throw new UsageError(`${file} does not exist; smartcall new agent makes one`);
  }
  const url = gatewayUrl(options);
  const token = apiKeyOf(options);
  using interrupted = interruption();
  const say = (type: string, fields: object, text: string) =>
    terminal.isJson ? terminal.printLine({ type, ...fields }) : terminal.note(text);
  const supervisor = new Supervisor({
    file,
    env: {
      ...process.env,
      SMARTCALL_URL: url,
      ...(token !== undefined && { SMARTCALL_TOKEN: token }),
      ...(terminal.isJson && { SMARTCALL_DEV_JSON: "1" }),
    },
    onChange: (path) => say("changed", { path }, `${path} has changed`),
    onReady: (agents) => {
      const names = terminal.paint("green", agents.join(", "), process.stderr);
      say("ready", { agents, url }, `${names} attached to ${url}`);
    },
    onFailed: (message, keeps) => {
      const what = terminal.paint("red", message, process.stderr);
      const now = keeps ? "What ran before still runs" : "Nothing runs";
      say("failed", { message, keeps }, `${what}\n${now}; waiting for a change.`);
    },
  });
  say("starting", { file, url }, `Running ${file} until Ctrl-C`);
  supervisor.start();
  await new Promise((done) => interrupted.signal.addEventListener("abort", done));
  await supervisor.stop();
  return exitCodes.ok;
};
