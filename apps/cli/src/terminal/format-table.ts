import { toPrintable } from "./to-printable.js";

/** Rows as columns of text, the first row being their names; the last column ends at the screen's. */
export function formatTable(rows: readonly (readonly string[])[], columns?: number): string[] {
  const cells = rows.map((row) => row.map((cell) => toPrintable(cell).replaceAll(/\s+/g, " ")));
  const widths = (cells[0] ?? []).map((_, index) =>
    Math.max(...cells.map((row) => row[index]?.length ?? 0)),
  );
  return cells.map((row) => {
    const line = row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
    return columns !== undefined && line.length > columns
      ? `${line.slice(0, Math.max(0, columns - 1))}…`
      : line;
  });
}
