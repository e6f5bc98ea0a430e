import type { Action } from "../act.js";
import { apiKeyOf, gatewayUrl } from "../connect.js";
import { runChecks } from "../doctor/checks.js";
import type { Finding } from "../doctor/finding.js";
import { type ExitCode, exitCodes } from "../exit-code.js";
import { createSpinner } from "../terminal/spinner.js";
import type { Style, Terminal } from "../terminal/terminal.js";
import { toPrintable } from "../terminal/to-printable.js";

/** Looks at everything that a command needs; the exit code is that of the worst. */
export const doctor: Action<object> = async ({ options, terminal }) => {
  const spinner = createSpinner(terminal);
  const url = gatewayUrl(options);
  const patienceMs = options.timeout ?? 5_000;
  let code: ExitCode = exitCodes.ok;
  spinner.start(`looking at ${url}`);
  for await (const finding of runChecks({ url, apiKey: apiKeyOf(options), patienceMs })) {
    spinner.stop();
    if (finding.exitCode !== undefined && code === exitCodes.ok) code = finding.exitCode;
    if (terminal.isJson) terminal.printLine(finding);
    else print(terminal, finding);
    spinner.start(`looking at ${url}`);
  }
  spinner.stop();
  return code;
};

const marks: Readonly<Record<Finding["verdict"], [mark: string, style: Style]>> = {
  ok: ["✓", "green"],
  warning: ["!", "yellow"],
  failed: ["✗", "red"],
};

function print(terminal: Terminal, { check, verdict, detail, advice }: Finding): void {
  const [mark, style] = marks[verdict];
  terminal.print(`${terminal.paint(style, mark)} ${check.padEnd(12)} ${toPrintable(detail)}`);
  if (advice !== undefined) terminal.print(`  ${" ".repeat(12)} ${toPrintable(advice)}`);
}
