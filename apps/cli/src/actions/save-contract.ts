import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import type { Action } from "../act.js";
import { compareContracts, printVerdicts } from "../contract/compare-contracts.js";
import { printContractFile } from "../contract/contract-file.js";
import type { NamedContract } from "../contract/named-contract.js";
import { readCards } from "../contract/read-cards.js";
import { registeredContracts } from "../contract/registered-contracts.js";
import { exitCodes } from "../exit-code.js";
import type { SharedOptions } from "../shared-options.js";
import { CommandFailure, UsageError } from "../usage-error.js";

/** What `contract save` takes. */
export interface SaveContractOptions {
  out: string;
  agent?: string[];
  breaking?: boolean;
  check?: boolean;
}

/** Writes what agents promise to a file, unless it breaks those who call them by what it says. */
export const saveContract: Action<SaveContractOptions> = async ({ args, options, terminal }) => {
  const { out, breaking = false, check = false } = options;
  if (extname(out) !== ".json") throw new UsageError(`${out}: expected a file that ends in .json`);
  const now = await promised(args[0], options);
  const text = printContractFile(now);
  const isThere = existsSync(out);
  const isSame = isThere && readFileSync(out, "utf8") === text;
  if (isThere && !isSame && !breaking) {
    const { cards: before } = await readCards(out);
    const verdicts = compareContracts({ before, now, isWhole: true });
    const broken = verdicts.filter(({ changes }) => changes.length > 0);
    if (printVerdicts(broken, terminal)) {
      throw new CommandFailure(`${out} stays as it is; --breaking writes it all the same`);
    }
  }
  if (check && !isSame) {
    const problem = isThere ? "is not what the agents promise" : "does not exist";
    throw new CommandFailure(`${out} ${problem}; write it without --check`);
  }
  if (!isSame) writeFileSync(out, text);
  const count = `${now.length} agent${now.length === 1 ? "" : "s"}`;
  if (terminal.isJson) terminal.printJson({ file: out, agents: now.map(({ name }) => name) });
  else terminal.note(`${out}: ${count}${isSame ? ", as it was" : ""}`);
  return exitCodes.ok;
};

async function promised(
  file: string | undefined,
  options: SaveContractOptions & SharedOptions,
): Promise<NamedContract[]> {
  const { agent: only } = options;
  const cards =
    file === undefined ? await registeredContracts(options, only) : (await readCards(file)).cards;
  const kept = cards.filter(({ name }) => only?.includes(name) ?? true);
  const missing = only?.filter((name) => !kept.some((each) => each.name === name)) ?? [];
  if (missing.length > 0) throw new UsageError(`no agent is named ${missing.join(", ")}`);
  return kept;
}
