import { parseArgs } from "node:util";

/** One process of a candidate, to be profiled. */
export interface ProfileTarget {
  readonly candidate: string;
  readonly process: "gateway" | "agent";
}

/** What a run does. */
export interface BenchOptions {
  /** How often every candidate is measured at every number of connections. */
  readonly rounds: number;
  /** How long one measurement takes. */
  readonly seconds: number;
  /** How long every candidate is warmed up before the first round. */
  readonly warmUpSeconds: number;
  /** Connections to measure at. */
  readonly connections: readonly number[];
  /** Names of the candidates to measure; all of them when absent. */
  readonly only?: readonly string[] | undefined;
  /** What to profile instead of comparing. */
  readonly profile?: ProfileTarget | undefined;
  readonly help: boolean;
}

/** What `--help` prints. */
export const help = `Measures one call through this gateway and its peers, in turn and several times.

Usage: pnpm bench [flags]      or, once everything is built:  node src/main.ts [flags]

  --rounds <n>          measurements per candidate and number of connections (5)
  --seconds <n>         length of one measurement (4)
  --warm-up <n>         seconds of load on every candidate before the first round (3)
  --connections <list>  numbers of connections, separated by commas (1,64,256)
  --only <list>         candidates, separated by commas (all that this machine can run)
  --quick               2 rounds of 1 s after 1 s of warm-up, at 1 and 64 connections
  --profile <name>      profile the CPU of one candidate's gateway at 64 connections, or with
                        <name>/agent that of its agent
  --help                this text

Examples
  pnpm bench
  pnpm bench --quick --only bare,smartcall
  pnpm bench --rounds 9 --seconds 10 --connections 64
  pnpm bench --profile smartcall --seconds 10
  pnpm bench --profile smartcall/agent

The figures are printed and written to benchmarks/results/. A call that fails or is not answered
with a 2xx makes the exit status 1; a missed goal does not.`;

/**
 * Reads the flags of a run and fills in what they leave out.
 *
 * @throws {Error} that names the flag that is wrong and what it takes.
 */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: {
      rounds: { type: "string" },
      seconds: { type: "string" },
      "warm-up": { type: "string" },
      connections: { type: "string" },
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { quick, help } = values;
  const profile = values.profile === undefined ? undefined : parseProfileTarget(values.profile);
  const only = profile?.candidate ?? values.only;
  return {
    rounds: positive("rounds", values.rounds) ?? (profile ? 1 : quick ? 2 : 5),
    seconds: positive("seconds", values.seconds) ?? (quick ? 1 : 4),
    warmUpSeconds: positive("warm-up", values["warm-up"]) ?? (quick ? 1 : 3),
    connections: values.connections?.split(",").map((part) => required("connections", part)) ?? [
      ...(profile ? [64] : quick ? [1, 64] : [1, 64, 256]),
    ],
    only: only?.split(","),
    profile,
    help,
  };
}

function parseProfileTarget(text: string): ProfileTarget {
  const [candidate = "", process = "gateway", ...more] = text.split("/");
  if (more.length === 0 && (process === "gateway" || process === "agent")) {
    return { candidate, process };
  }
  throw new Error(`--profile takes a candidate's name, or <name>/agent, not "${text}"`);
}

function positive(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : required(flag, text);
}

function required(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${flag} takes whole numbers over 0, not "${text}"`);
}
