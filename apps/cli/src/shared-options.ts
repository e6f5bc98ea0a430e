import { type Command, InvalidArgumentError, Option } from "commander";

/** What every command takes. */
export interface SharedOptions {
  url?: string;
  apiKey?: string;
  /** In milliseconds. */
  timeout?: number;
  json?: boolean;
  quiet?: boolean;
  color: boolean;
}

/** Adds the options that every command takes. */
export function addSharedOptions(program: Command): void {
  program
    .addOption(
      new Option("--url <url>", "the gateway (default: http://127.0.0.1:8080)").env(
        "SMARTCALL_URL",
      ),
    )
    // No `env()`: help would show the key.
    .option("--api-key <key>", "the credential (env: SMARTCALL_API_KEY)")
    .option("--timeout <time>", "how long it may take, such as 30s, 5m or 1500ms", parseDuration)
    .option("--json", "JSON on standard output; a line each where it is a stream")
    .option("-q, --quiet", "nothing but the answer")
    .option("--no-color", "no colours (env: NO_COLOR)");
}

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Reads `30s`, `5m`, `1500ms`, `1h` or plain seconds, as milliseconds. */
export function parseDuration(text: string): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const durationMs = Number(amount) * unitsMs[unit as keyof typeof unitsMs];
  if (durationMs > 0 && durationMs < 2 ** 31) return durationMs;
  throw new InvalidArgumentError("Expected a time such as 30s, 5m or 1500ms.");
}

/** Reads a whole number of at least 1. */
export function parseCount(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number of at least 1.");
}
