import type { Outcome } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";

/** The error of anything that a run throws: one of ours keeps its reason, the rest is AGENT_FAILED. */
export function errorFromThrown(thrown: unknown): SmartcallError {
  if (thrown instanceof SmartcallError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SmartcallError({
    reason: "AGENT_FAILED",
    cause: thrown,
    ...(message && { message }),
  });
}

/** How an exchange ends because of an error; the stack stays here. */
export function outcomeFromError(error: SmartcallError): Outcome {
  const outcome: Outcome = { reason: error.reason, message: error.message };
  if (error.errors.length > 0) {
    outcome.details = { errors: error.errors.map(({ pointer, detail }) => ({ pointer, detail })) };
  }
  return outcome;
}

/** The error that tells how an exchange ended; undefined when it ended well. */
export function errorFromOutcome(outcome: Outcome): SmartcallError | undefined {
  if (outcome.reason === undefined) return undefined;
  return new SmartcallError({ reason: outcome.reason, message: outcome.message || undefined });
}
