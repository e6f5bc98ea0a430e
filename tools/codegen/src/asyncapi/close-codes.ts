import type { JsonObject } from "../openapi/json.ts";
import type { ReasonRow } from "../reasons.ts";

/** When to connect again after a close code of each class. */
const classes: readonly { from: number; to: number; reconnect: string }[] = [
  { from: 4000, to: 4099, reconnect: "never" },
  { from: 4100, to: 4199, reconnect: "later" },
  { from: 4200, to: 4299, reconnect: "now" },
];

/** One close code of the WebSocket. */
export interface CloseCode extends JsonObject {
  code: number;
  /** `never`, `later` (with backoff) or `now`. */
  reconnect: string;
  reasons: string[];
}

/**
 * The close codes of the table of reasons, the smallest first.
 *
 * @throws when a code is of no class, as no client would know when to come back.
 */
export function closeCodes(rows: readonly ReasonRow[]): CloseCode[] {
  const codes = [...new Set(rows.map((row) => row.closeCode))].sort((a, b) => a - b);
  return codes.map((code) => {
    const found = classes.find(({ from, to }) => from <= code && code <= to);
    if (found === undefined) throw new Error(`errors.proto: ${code} is no close code`);
    const reasons = rows.filter((row) => row.closeCode === code).map((row) => row.name);
    return { code, reconnect: found.reconnect, reasons };
  });
}

/** The close codes as a table of Markdown. */
export function closeCodeTable(codes: readonly CloseCode[]): string {
  return [
    "| code | reason | connect again |",
    "| --- | --- | --- |",
    ...codes.map(
      ({ code, reconnect, reasons }) =>
        `| ${code} | ${reasons.map((reason) => `\`${reason}\``).join(", ")} | ${reconnect} |`,
    ),
  ].join("\n");
}
