import { SmartcallError } from "@smartcall/protocol";
import { connect } from "../connect.js";
import type { SharedOptions } from "../shared-options.js";
import type { NamedContract } from "./named-contract.js";

/** What the gateway knows the agents of these names by, or all agents; without those that it does not know. */
export async function registeredContracts(
  options: SharedOptions,
  names?: readonly string[],
): Promise<NamedContract[]> {
  const { agents } = await connect(options);
  if (names === undefined) {
    const all: NamedContract[] = [];
    for await (const { card } of agents.list()) all.push(card as NamedContract);
    return all;
  }
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        return [(await agents.get(name)).card as NamedContract];
      } catch (error) {
        if (error instanceof SmartcallError && error.reason === "AGENT_NOT_FOUND") return [];
        throw error;
      }
    }),
  );
  return found.flat();
}
