/** How many checks passed, failed and were skipped. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The sum; nothing at all when there is nothing to add. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sum: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) {
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    sum.skipped += tally.skipped;
  }
  return sum;
}

/** `N passed, N failed`, and `, N skipped` when any were. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Reads the tally that a program printed as the last line of its output, with the name of its language
 * before it or not; undefined without one.
 */
export function parseTally(output: string): Tally | undefined {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  const [, passed, failed, skipped] =
    /^(?:(?:go|python): )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(last.trim()) ?? [];
  if (passed === undefined || failed === undefined) return undefined;
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped ?? 0) };
}

/**
 * What a program said became of single checks, in lines of their own: `failed <name>` and
 * `skipped <name>: <why>`.
 */
export function parseVerdicts(output: string): { failures: string[]; skips: string[] } {
  const named = (line: RegExp) => [...output.matchAll(line)].map(([, name]) => name ?? "");
  return { failures: named(/^failed (\S.*)$/gm), skips: named(/^skipped (\S.*: .*)$/gm) };
}
