import type { AgentContract } from "@smartcall/gateway/contract";

/** The part of a card that is compared. */
export interface NamedContract extends AgentContract {
  readonly name: string;
}
