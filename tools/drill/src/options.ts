import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

/** What is to be run. */
export interface DrillOptions {
  readonly all: boolean;
  readonly only: readonly string[];
  readonly seed: number;
  readonly list: boolean;
  readonly help: boolean;
}

export const help = `pnpm drill [options]

Runs faults against every way into a gateway, in processes of their own, and prints what held.

  --all          all of each drill: every offset, 10,000 clients; a sample when absent
  --only <name>  these drills alone; may be repeated, or names joined by commas
  --seed <n>     what chance begins with; drawn and printed when absent
  --list         the drills' names
  --help         this text`;

/** @throws {Error} when an option is not known, or is none. */
export function parseDrillOptions(args: readonly string[]): DrillOptions {
  const { values } = parseArgs({
    args: args.filter((each) => each !== "--"),
    options: {
      all: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      seed: { type: "string" },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  if (!Number.isSafeInteger(seed))
    throw new Error(`--seed takes a whole number, not ${values.seed}`);
  return { ...values, only: values.only.flatMap((names) => names.split(",")), seed };
}
