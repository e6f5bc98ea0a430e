import type { Reason, SmartcallError } from "@smartcall/protocol";

/** What the exit codes say; docs/guide/cli.md has the same table. */
export const exitCodes = {
  ok: 0,
  /** The call was taken and did not end well, or the command did not do what it was asked. */
  failed: 1,
  /** The command was typed wrongly. */
  usage: 2,
  /** No gateway answers, or it was lost and could not be reached again. */
  unreachable: 3,
  /** The gateway answered that it will not; nothing has run. */
  refused: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** One of the documented exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What is not a plain refusal. */
const byReason: Partial<Record<Reason, ExitCode>> = {
  GATEWAY_UNREACHABLE: exitCodes.unreachable,
  STREAM_TRUNCATED: exitCodes.unreachable,
  AGENT_FAILED: exitCodes.failed,
  AGENT_REJECTED: exitCodes.failed,
  CANCELED: exitCodes.failed,
  DATA_LOSS: exitCodes.failed,
  DEADLINE_EXCEEDED: exitCodes.failed,
  INSTANCE_LOST: exitCodes.failed,
  INTERNAL: exitCodes.failed,
  LINK_BROKEN: exitCodes.failed,
};

/** The exit code of a command that ended with this error. */
export function exitCodeOf({ reason }: Pick<SmartcallError, "reason">): ExitCode {
  return byReason[reason] ?? exitCodes.refused;
}
