import { SmartcallError } from "@smartcall/protocol";
import { gatewayUrl } from "./connect.js";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-code.js";
import type { SharedOptions } from "./shared-options.js";
import { createTerminal } from "./terminal/terminal.js";
import { CommandFailure, UsageError } from "./usage-error.js";

/** Says what went wrong and what to do about it; answers the exit code. */
export async function reportError(thrown: unknown, options: SharedOptions): Promise<ExitCode> {
  const terminal = createTerminal(options);
  const { message, code, reason, hints } = await explain(thrown, options);
  if (terminal.isJson) {
    const error = { ...(reason && { reason }), message, hints, exitCode: code };
    terminal.complain(JSON.stringify({ error }));
    return code;
  }
  const what = reason === undefined ? message : `${message} (${reason})`;
  terminal.complain(`${terminal.paint("red", "smartcall:", process.stderr)} ${what}`);
  for (const hint of hints) terminal.complain(`  ${hint}`);
  return code;
}

interface Explanation {
  message: string;
  code: ExitCode;
  reason?: string;
  hints: string[];
}

async function explain(thrown: unknown, options: SharedOptions): Promise<Explanation> {
  if (thrown instanceof UsageError) {
    return { message: thrown.message, code: exitCodes.usage, hints: ["Try: smartcall --help"] };
  }
  if (thrown instanceof CommandFailure) {
    return { message: thrown.message, code: exitCodes.failed, hints: [] };
  }
  if (!(thrown instanceof SmartcallError)) {
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { message, code: exitCodes.failed, hints: [] };
  }
  const { message, reason } = thrown;
  return { message, code: exitCodeOf(thrown), reason, hints: await hintsFor(thrown, options) };
}

async function hintsFor(error: SmartcallError, options: SharedOptions): Promise<string[]> {
  const hints = error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
  switch (error.reason) {
    case "GATEWAY_UNREACHABLE":
      hints.push(
        `${gatewayUrl(options)} does not answer; start one with: smartcall serve`,
        "or say where it is with --url or SMARTCALL_URL; smartcall doctor looks closer",
      );
      break;
    case "UNAUTHENTICATED":
    case "CREDENTIAL_EXPIRED":
    case "PERMISSION_DENIED":
      hints.push("the credential is given with --api-key or SMARTCALL_API_KEY");
      break;
    case "AGENT_NOT_FOUND": {
      const { nearestAgents } = await import("./nearest-agents.js");
      hints.push(...(await nearestAgents(error.message, options)));
      break;
    }
    case "STREAM_TRUNCATED":
      if (error.taskId) hints.push(`the task may go on: smartcall watch ${error.taskId}`);
      break;
    case "DEADLINE_EXCEEDED":
      hints.push("--timeout says how long it may take");
      break;
  }
  if (error.requestId) hints.push(`request ${error.requestId}`);
  return hints;
}
