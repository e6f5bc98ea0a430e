// Runs the vectors against the SDKs of all languages: `pnpm conformance --help`.
import { parseArgs } from "node:util";
import { applyKnownFailures, readKnownFailures } from "./known-failures.ts";
import { loadVectors } from "./load-vectors.ts";
import { formatDetails, formatTable, formatTally, type Report } from "./report.ts";
import type { Outcome } from "./run-vector.ts";
import { runVectors } from "./run-vectors.ts";
import { allRunners } from "./runners.ts";

const help = `pnpm conformance [--runner <names>] [--only <text>] [--list] [--json]

  --runner  runners, separated by commas: ${allRunners.map(({ name }) => name).join(", ")}
  --only    vectors whose id contains this text; repeatable
  --list    what there is, and why
  --json    a line of JSON for each vector instead of the table`;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runner: { type: "string", default: allRunners.map(({ name }) => name).join(",") },
      only: { type: "string", multiple: true, default: [""] },
      list: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const vectors = loadVectors().filter(({ id }) => values.only.some((text) => id.includes(text)));
  if (values.list) {
    for (const { id, vector } of vectors) console.log(`${id.padEnd(44)}  ${vector.why}`);
    return 0;
  }
  const names = values.runner.split(",");
  const unknown = names.filter((name) => !allRunners.some((runner) => runner.name === name));
  if (unknown.length > 0) throw new Error(`No such runner: ${unknown.join(", ")}.\n\n${help}`);
  const known = readKnownFailures();
  const report = new Map<string, readonly Outcome[]>();
  for (const runner of allRunners.filter(({ name }) => names.includes(name))) {
    const own = vectors.filter(({ role }) => role === runner.role);
    if (own.length === 0) continue;
    const outcomes = await runVectors(runner, own);
    report.set(runner.name, applyKnownFailures(outcomes, known[runner.name] ?? {}));
  }
  print(report, values.json);
  const outcomes = [...report.values()].flat();
  const isGood = outcomes.every(({ outcome }) => outcome !== "failed");
  return isGood && outcomes.some(({ outcome }) => outcome === "passed") ? 0 : 1;
}

function print(report: Report, asJson: boolean): void {
  if (asJson) {
    for (const [runner, outcomes] of report) {
      for (const { id, outcome, details } of outcomes) {
        console.log(JSON.stringify({ runner, vector: id, outcome, details }));
      }
    }
    return;
  }
  const details = formatDetails(report);
  console.log([formatTable(report), "", ...(details === "" ? [] : [details, ""])].join("\n"));
  console.log(formatTally(report));
}
