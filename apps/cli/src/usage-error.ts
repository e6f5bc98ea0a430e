/** The command was typed wrongly: told with how to type it, and without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What was asked for did not come about; told without a stack. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}
