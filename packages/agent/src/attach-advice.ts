import type { Reason } from "@smartcall/protocol";

/** What to do about a refusal that no waiting cures; other reasons are worth another try. */
const adviceByReason: Partial<Record<Reason, string>> = {
  UNAUTHENTICATED:
    "pass a token that the gateway knows: attach(agents, { token }) or SMARTCALL_TOKEN",
  PERMISSION_DENIED: "let the token attach these agents, or pass another one",
  INVALID_ARGUMENT: "correct what the message names in the agents' cards",
  AGENT_EXISTS: "give the agent another name, or remove the one that has it",
  NOT_IMPLEMENTED: "see whether a Smartcall gateway stands at that URL",
  UNSUPPORTED_MEDIA_TYPE: "see whether a Smartcall gateway stands at that URL",
};

/** What a person can do about a refusal; undefined when trying again may help by itself. */
export function attachAdvice(reason: Reason): string | undefined {
  return adviceByReason[reason];
}
