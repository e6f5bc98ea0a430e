import type { Outcome } from "./run-vector.ts";

/** What all runners made of the vectors. */
export type Report = ReadonlyMap<string, readonly Outcome[]>;

/** A row for each group, a column for each runner: how many passed of how many. */
export function formatTable(report: Report): string {
  const runners = [...report.keys()];
  const groups = [...new Set([...report.values()].flat().map(({ group }) => group))];
  const rows = [
    ["", ...runners],
    ...groups.map((group) => [
      group,
      ...runners.map((runner) =>
        formatCell((report.get(runner) ?? []).filter((each) => each.group === group)),
      ),
    ]),
  ];
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Each failure in full, what passed only when it was run again, and each reason for skipping once. */
export function formatDetails(report: Report): string {
  const lines: string[] = [];
  for (const [runner, outcomes] of report) {
    const reasons = Map.groupBy(
      outcomes.filter(({ outcome }) => outcome === "skipped"),
      ({ details }) => details.join("; "),
    );
    for (const [reason, skipped] of reasons) {
      const what =
        skipped.length === outcomes.length ? "all" : skipped.map(({ id }) => id).join(", ");
      lines.push(`skipped ${runner}: ${what}: ${reason}`);
    }
    for (const { id, outcome, details } of outcomes) {
      if (outcome === "skipped" || details.length === 0) continue;
      const what = outcome === "failed" ? "failed" : "run again, and passed,";
      lines.push(`${what} ${runner}: ${id}`, ...details.map((each) => `       ${each}`));
    }
  }
  return lines.join("\n");
}

/** `N passed, N failed`, and `, N skipped` when any were. */
export function formatTally(report: Report): string {
  const outcomes = [...report.values()].flat();
  const count = (wanted: Outcome["outcome"]) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const skipped = count("skipped");
  return `${count("passed")} passed, ${count("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function formatCell(outcomes: readonly Outcome[]): string {
  const count = (wanted: Outcome["outcome"]) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const [failed, skipped] = [count("failed"), count("skipped")];
  if (outcomes.length === 0) return "";
  if (skipped === outcomes.length) return "skipped";
  const ran = `${count("passed")} of ${outcomes.length - skipped}`;
  return [
    ran,
    ...(failed > 0 ? ["FAILED"] : []),
    ...(skipped > 0 ? [`(${skipped} skipped)`] : []),
  ].join(" ");
}
