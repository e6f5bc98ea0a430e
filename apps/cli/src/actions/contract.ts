import { findBreakingChanges } from "@smartcall/gateway/contract";
import { SmartcallError } from "@smartcall/protocol";
import type { Action } from "../act.js";
import { connect } from "../connect.js";
import { type NamedContract, readCards } from "../contract/read-cards.js";
import { exitCodes } from "../exit-code.js";
import type { SharedOptions } from "../shared-options.js";

/** What `contract check` takes. */
export interface CheckContractOptions {
  against?: string;
}

/** Fails where an agent breaks those who call it by what it was. */
export const checkContract: Action<CheckContractOptions> = async ({ args, options, terminal }) => {
  const cards = await readCards(args[0] ?? "");
  const before = options.against === undefined ? undefined : await readCards(options.against);
  let code: 0 | 1 = exitCodes.ok;
  for (const card of cards) {
    const known = before
      ? before.find(({ name }) => name === card.name)
      : await registered(card.name, options);
    const changes = known === undefined ? [] : findBreakingChanges(known, card);
    if (changes.length > 0) code = exitCodes.failed;
    if (terminal.isJson) {
      terminal.printLine({ agent: card.name, isNew: known === undefined, changes });
      continue;
    }
    const verdict = known === undefined ? "is new" : "breaks nobody";
    if (changes.length === 0)
      terminal.print(`${terminal.paint("green", "✓")} ${card.name} ${verdict}`);
    else terminal.print(`${terminal.paint("red", "✗")} ${card.name} breaks those who call it`);
    for (const { pointer, message, rule } of changes) {
      terminal.print(`  ${pointer}: ${message} (${rule})`);
    }
  }
  return code;
};

async function registered(
  name: string,
  options: SharedOptions,
): Promise<NamedContract | undefined> {
  try {
    const client = await connect(options);
    return (await client.agents.get(name)).card as NamedContract;
  } catch (error) {
    if (error instanceof SmartcallError && error.reason === "AGENT_NOT_FOUND") return undefined;
    throw error;
  }
}
