import { type BreakingChange, findBreakingChanges } from "@smartcall/gateway/contract";
import type { Terminal } from "../terminal/terminal.js";
import type { NamedContract } from "./named-contract.js";

/** What became of an agent. */
export interface Verdict {
  readonly agent: string;
  readonly isNew: boolean;
  /** What breaks those who call it; empty when nothing does. */
  readonly changes: readonly BreakingChange[];
}

/** What is compared. */
export interface Comparison {
  readonly before: readonly NamedContract[];
  readonly now: readonly NamedContract[];
  /** Whether an agent that is there no longer breaks those who call it. */
  readonly isWhole: boolean;
}

/** The change of an agent that is not there. */
const gone: BreakingChange = { pointer: "", rule: "gone", message: "it is there no longer" };

/** What became of each agent, by what it was. */
export function compareContracts({ before, now, isWhole }: Comparison): Verdict[] {
  const known = new Map(before.map((contract) => [contract.name, contract]));
  const verdicts = now.map((contract): Verdict => {
    const was = known.get(contract.name);
    known.delete(contract.name);
    const changes = was === undefined ? [] : findBreakingChanges(was, contract);
    return { agent: contract.name, isNew: was === undefined, changes };
  });
  const missing = isWhole ? [...known.keys()] : [];
  return [
    ...verdicts,
    ...missing.map((agent): Verdict => ({ agent, isNew: false, changes: [gone] })),
  ];
}

/** Says what became of each, and answers whether it breaks anybody. */
export function printVerdicts(verdicts: readonly Verdict[], terminal: Terminal): boolean {
  for (const verdict of verdicts) {
    if (terminal.isJson) terminal.printLine(verdict);
    else printVerdict(verdict, terminal);
  }
  return verdicts.some(({ changes }) => changes.length > 0);
}

function printVerdict({ agent, isNew, changes }: Verdict, terminal: Terminal): void {
  if (changes.length > 0) {
    terminal.print(`${terminal.paint("red", "✗")} ${agent} breaks those who call it`);
  } else {
    const verdict = isNew ? "is new" : "breaks nobody";
    terminal.print(`${terminal.paint("green", "✓")} ${agent} ${verdict}`);
  }
  for (const { pointer, message, rule } of changes) {
    terminal.print(`  ${pointer === "" ? "" : `${pointer}: `}${message} (${rule})`);
  }
}
