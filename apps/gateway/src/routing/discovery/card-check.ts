import { createValidator } from "@bufbuild/protovalidate";
import { SmartcallError } from "@smartcall/protocol";
import { type AgentCard, AgentCardSchema } from "@smartcall/protocol/proto";

/** Checks the cards that agents register by the contract's rules; throws `INVALID_ARGUMENT`. */
export function createCardCheck(): (card: AgentCard) => void {
  const validator = createValidator();
  return (card) => {
    assertName(card.name, "#/name");
    const result = validator.validate(AgentCardSchema, card);
    if (result.kind === "valid") return;
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: `the card of ${JSON.stringify(card.name)} is refused: ${result.error.message}`,
    });
  };
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
