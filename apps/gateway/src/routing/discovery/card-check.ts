import { createValidator } from "@bufbuild/protovalidate";
import { SmartcallError } from "@smartcall/protocol";
import { type AgentCard, AgentCardSchema } from "@smartcall/protocol/proto";
import { findBreakingChanges } from "../../contract/find-breaking-changes.js";
import type { Registry } from "../registry.js";

/** What a registered card has to hold to, besides the contract's rules. */
export interface CardCheckOptions {
  registry: Pick<Registry, "has" | "card" | "isDeclared">;
  /** Whether an agent may come back with a card that breaks those who call it by the one before. */
  breakingChanges: "allow" | "refuse";
}

/** Checks the cards that agents register by the contract's rules; throws `INVALID_ARGUMENT`. */
export function createCardCheck(options: CardCheckOptions): (card: AgentCard) => void {
  const validator = createValidator();
  return (card) => {
    assertName(card.name, "#/name");
    const result = validator.validate(AgentCardSchema, card);
    if (result.kind === "valid") {
      if (options.breakingChanges === "refuse") assertUnbroken(card, options.registry);
      return;
    }
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: `the card of ${JSON.stringify(card.name)} is refused: ${result.error.message}`,
    });
  };
}

function assertUnbroken(card: AgentCard, registry: CardCheckOptions["registry"]): void {
  // Where an operator wrote the card, what an instance says of itself does not count.
  if (!registry.has(card.name) || registry.isDeclared(card.name)) return;
  const changes = findBreakingChanges(registry.card(card.name), card);
  if (changes.length === 0) return;
  const errors = changes.map(({ pointer, message }) => ({
    pointer: `#${pointer}`,
    detail: message,
  }));
  throw new SmartcallError({
    reason: "INVALID_ARGUMENT",
    message:
      `the card of ${JSON.stringify(card.name)} breaks those who call it: ` +
      `${changes.map(({ pointer, message }) => `${pointer}: ${message}`).join("; ")}. ` +
      "Mend it, take another name, or DELETE the agent first",
    errors,
  });
}

/**
 * Refuses a name that stands for something else in the gateway's paths.
 *
 * @param pointer the place of the name in the request.
 * @throws {SmartcallError} `INVALID_ARGUMENT`.
 */
export function assertName(name: string, pointer: string): void {
  if (name !== "events") return;
  throw new SmartcallError({
    reason: "INVALID_ARGUMENT",
    message: "no agent can be named events: GET /v1/agents/events answers what changes",
    errors: [{ pointer, detail: "expected another name than events" }],
  });
}
