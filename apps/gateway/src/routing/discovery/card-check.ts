import { createValidator } from "@bufbuild/protovalidate";
import { SmartcallError } from "@smartcall/protocol";
import { type AgentCard, AgentCardSchema } from "@smartcall/protocol/proto";

/** Checks the cards that agents register by the contract's rules; throws `INVALID_ARGUMENT`. */
export function createCardCheck(): (card: AgentCard) => void {
  const validator = createValidator();
  return (card) => {
    const result = validator.validate(AgentCardSchema, card);
    if (result.kind === "valid") return;
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: `the card of ${JSON.stringify(card.name)} is refused: ${result.error.message}`,
    });
  };
}
