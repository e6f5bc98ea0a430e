import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { addTallies, type Tally } from "./tally.ts";
import type { WorkspacePackage } from "./workspace.ts";

/** What the packages' own reports add up to. */
export interface ReportSum {
  tally: Tally;
  /** Each report that is missing, broken, or tells of a failure without a failed test. */
  complaints: readonly string[];
  /** The tests that failed, each with what it said first. */
  failures: readonly string[];
  /** The names of the tests that were skipped; they say why. */
  skips: readonly string[];
}

/** The parts of vitest's JSON report (Jest's shape) that count. */
interface VitestReport {
  testResults: readonly {
    name: string;
    status: string;
    message?: string;
    assertionResults: readonly {
      status: string;
      fullName?: string;
      failureMessages?: readonly string[];
    }[];
  }[];
}

/** Removes the reports of earlier runs, so that none of them is counted. */
export function removeReports(packages: readonly WorkspacePackage[]): void {
  for (const each of packages) {
    rmSync(join(each.directory, "reports"), { recursive: true, force: true });
  }
}

/**
 * Adds up `reports/<file>` of each package that has the script `script`; a package without its
 * report counts as one failure.
 */
export function addReports(
  packages: readonly WorkspacePackage[],
  script: string,
  file: string,
): ReportSum {
  const tallies: Tally[] = [];
  const complaints: string[] = [];
  const failures: string[] = [];
  const skips: string[] = [];
  for (const { name, directory, scripts } of packages) {
    if (!scripts.includes(script)) continue;
    const path = join(directory, "reports", file);
    const before = complaints.length;
    try {
      if (!existsSync(path)) throw new Error(`it has a script "${script}" but left no ${file}`);
      const report = JSON.parse(readFileSync(path, "utf8")) as VitestReport;
      tallies.push(tallyOf(report, name, { complaints, failures, skips }));
    } catch (error) {
      complaints.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
    tallies.push({ passed: 0, failed: complaints.length - before, skipped: 0 });
  }
  return { tally: addTallies(tallies), complaints, failures, skips };
}

function tallyOf(
  report: VitestReport,
  name: string,
  lists: Record<"complaints" | "failures" | "skips", string[]>,
): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === "passed") tally.passed++;
      else if (status === "failed") {
        tally.failed++;
        const [why = ""] = (failureMessages?.[0] ?? "").split("\n");
        lists.failures.push(`${name}: ${fullName}: ${why}`);
      } else {
        tally.skipped++;
        lists.skips.push(`${name}: ${fullName}`);
      }
    }
    const told = file.assertionResults.some(({ status }) => status === "failed");
    if (file.status === "failed" && !told) {
      lists.complaints.push(`${name}: ${file.name} failed as a whole: ${file.message ?? ""}`);
    }
  }
  return tally;
}
