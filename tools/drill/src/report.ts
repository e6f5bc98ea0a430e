import type { DrillResult } from "./drill.ts";

/** The faults × transports, a word for each. */
export function formatTable(results: readonly DrillResult[]): string {
  const transports = [...new Set(results.map(({ transport }) => transport))];
  const faults = [...new Set(results.map(({ fault }) => fault))];
  const rows = [
    ["", ...transports],
    ...faults.map((fault) => [
      fault,
      ...transports.map((transport) => {
        const cell = results.filter((each) => each.fault === fault && each.transport === transport);
        return cell.map(({ outcome }) => words[outcome]).join(" ") || "·";
      }),
    ]),
  ];
  const widths = ["", ...transports].map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const words = { passed: "ok", failed: "FAILED", skipped: "skipped" } as const;

/** One line of a result. */
export function formatResult({ fault, transport, outcome, figures }: DrillResult): string {
  return `${words[outcome].padEnd(7)} ${fault} · ${transport}: ${figures}`;
}

/** The last line: `3 passed, 0 failed`, and `, 1 skipped` where there is one. */
export function formatTally(results: readonly DrillResult[]): string {
  const count = (outcome: DrillResult["outcome"]) =>
    results.filter((each) => each.outcome === outcome).length;
  const skipped = count("skipped");
  return `${count("passed")} passed, ${count("failed")} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
