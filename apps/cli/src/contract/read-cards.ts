import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { AgentContract } from "@smartcall/gateway/contract";
import { nodeFlags } from "../dev/node-flags.js";
import { UsageError } from "../usage-error.js";

/** The part of a card that is compared. */
export interface NamedContract extends AgentContract {
  readonly name: string;
}

/** What the process that loads a file of agents says. */
export type CardsMessage = { cards: readonly NamedContract[] } | { problem: string };

/**
 * The cards of a file: a module that exports agents, or JSON of a card, of several, or of what
 * `smartcall agents --json` prints.
 *
 * @throws {UsageError} when it is none of these.
 */
export async function readCards(path: string): Promise<readonly NamedContract[]> {
  return extname(path) === ".json" ? cardsOfJson(path) : cardsOfModule(resolve(path));
}

function cardsOfJson(path: string): readonly NamedContract[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
  return [value].flat().map((each) => {
    const { card = each } = each as { card?: unknown };
    const { name } = (card ?? {}) as Partial<NamedContract>;
    if (typeof name === "string") return card as NamedContract;
    throw new UsageError(`${path}: expected cards of agents, each with its name`);
  });
}

async function cardsOfModule(path: string): Promise<readonly NamedContract[]> {
  const runner = fileURLToPath(new URL("./card-runner.js", import.meta.url));
  const child = fork(runner, [path], { execArgv: [...nodeFlags(path)], silent: true });
  const heard = once(child, "message") as Promise<[CardsMessage]>;
  // A file that ends the process says nothing.
  const [message] = await Promise.race([heard, once(child, "exit").then(() => [ended] as const)]);
  if ("cards" in message) return message.cards;
  throw new UsageError(`${path} cannot be run: ${message.problem}`);
}

const ended: CardsMessage = { problem: "it ended its process" };
