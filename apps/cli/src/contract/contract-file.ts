import type { NamedContract } from "./named-contract.js";

/** The form of the file; raised when an older command could no longer read it. */
const form = 1;

/** What `smartcall contract save` writes. */
interface ContractFile {
  readonly smartcallContract: typeof form;
  readonly agents: Readonly<Record<string, Omit<NamedContract, "name">>>;
}

/** What agents promise as a file to commit: the same promises make the same text. */
export function printContractFile(contracts: readonly NamedContract[]): string {
  const agents = contracts.map(({ name, inputSchema, outputSchema }) => [
    name,
    { inputSchema, outputSchema },
  ]);
  const file = { smartcallContract: form, agents: Object.fromEntries(agents) };
  return `${JSON.stringify(file, inOrder, 2)}\n`;
}

/** What is promised in such a file, or undefined when it is none. */
export function parseContractFile(value: unknown): NamedContract[] | undefined {
  const { smartcallContract, agents } = (value ?? {}) as Partial<ContractFile>;
  if (smartcallContract !== form || typeof agents !== "object") return undefined;
  return Object.entries(agents).map(([name, contract]) => ({ ...contract, name }));
}

/** Keys in the order of the alphabet, as gateways and modules have them in orders of their own. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
