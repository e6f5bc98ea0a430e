import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "../dev/node-flags.js";
import { UsageError } from "../usage-error.js";
import { parseContractFile } from "./contract-file.js";
import type { NamedContract } from "./named-contract.js";

/** What the process that loads a file of agents says. */
export type CardsMessage = { cards: readonly NamedContract[] } | { problem: string };

/** What a file says of agents. */
export interface Cards {
  readonly cards: readonly NamedContract[];
  /** Whether the file is kept for all of them, so that one that it lacks is not there. */
  readonly isWhole: boolean;
}

/**
 * The cards of a file: a module that exports agents, what `smartcall contract save` writes, or JSON of
 * a card, of several, or of what `smartcall agents --json` prints.
 *
 * @throws {UsageError} when it is none of these.
 */
export async function readCards(path: string): Promise<Cards> {
  if (extname(path) === ".json") return cardsOfJson(path);
  return { cards: await cardsOfModule(resolve(path)), isWhole: false };
}

function cardsOfJson(path: string): Cards {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
  const saved = parseContractFile(value);
  if (saved !== undefined) return { cards: saved, isWhole: true };
  const cards = [value].flat().map((each) => {
    const { card = each } = (each ?? {}) as { card?: unknown };
    const { name } = (card ?? {}) as Partial<NamedContract>;
    if (typeof name === "string") return card as NamedContract;
    throw new UsageError(
      `${path}: expected cards of agents, each with its name, or what contract save writes`,
    );
  });
  return { cards, isWhole: false };
}

async function cardsOfModule(path: string): Promise<readonly NamedContract[]> {
  const runner = fileURLToPath(new URL("./card-runner.js", import.meta.url));
  const child = fork(runner, [path], { execArgv: [...nodeFlags(path)], silent: true });
  const heard = once(child, "message") as Promise<[CardsMessage]>;
  // A file that ends the process says nothing. Its exit may be seen before what it has sent, the end
  // of what it sends may not.
  const silent = once(child, "disconnect").then(() => [ended] as const);
  const [message] = await Promise.race([heard, silent]);
  if ("cards" in message) return message.cards;
  throw new UsageError(`${path} cannot be run: ${message.problem}`);
}

const ended: CardsMessage = { problem: "it ended its process" };
