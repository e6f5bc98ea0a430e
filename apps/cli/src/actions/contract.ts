import type { Action } from "../act.js";
import { compareContracts, printVerdicts } from "../contract/compare-contracts.js";
import { readCards } from "../contract/read-cards.js";
import { registeredContracts } from "../contract/registered-contracts.js";
import { exitCodes } from "../exit-code.js";
import { UsageError } from "../usage-error.js";

/** What `contract check` takes. */
export interface CheckContractOptions {
  against?: string;
}

/** Fails where an agent breaks those who call it by what it was. */
export const checkContract: Action<CheckContractOptions> = async ({ args, options, terminal }) => {
  const [file] = args;
  const { against } = options;
  const given = file === undefined ? undefined : await readCards(file);
  const known = against === undefined ? undefined : await readCards(against);
  if (!given && !known) {
    throw new UsageError("name a file of agents, or one of what they were by --against");
  }
  const now = given?.cards ?? (await registeredContracts(options, namesOf(known)));
  const before = known?.cards ?? (await registeredContracts(options, namesOf(given)));
  // Of a gateway it is asked for those that were known alone.
  const isWhole = known?.isWhole === true || given === undefined;
  const breaks = printVerdicts(compareContracts({ before, now, isWhole }), terminal);
  return breaks ? exitCodes.failed : exitCodes.ok;
};

function namesOf(known: Awaited<ReturnType<typeof readCards>> | undefined): string[] {
  return known?.cards.map(({ name }) => name) ?? [];
}
