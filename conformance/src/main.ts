// Runs the vectors against the SDKs of all languages: `pnpm conformance --help`.
import { parseArgs } from "node:util";
import { applyKnownFailures, readKnownFailures, shrinkKnownFailures } from "./known-failures.ts";
import { loadVectors } from "./load-vectors.ts";
import { formatDetails, formatTable, formatTally, type Report } from "./report.ts";
import { runVectors } from "./run-vectors.ts";
import { allRunners } from "./runners.ts";

const help = `pnpm conformance [--runner <names>] [--only <text>] [--list] [--json]

  --runner  runners, separated by commas: ${allRunners.map(({ name }) => name).join(", ")}
  --only    vectors whose id contains this text; repeatable
  --list    what there is, and why
  --json    a line of JSON for each vector instead of the table
  --shrink  takes what passes now out of known-failures.json`;

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
      shrink: { type: "boolean", default: false },
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
  const runners = allRunners.filter(({ name }) => names.includes(name));
  // They wait for most of the time, so they wait together.
  const outcomes = await Promise.all(
    runners.map((runner) =>
      runVectors(
        runner,
        vectors.filter(({ role }) => role === runner.role),
      ),
    ),
  );
  const ran = new Map(runners.map(({ name }, index) => [name, outcomes[index] ?? []]));
  if (values.shrink) shrinkKnownFailures(ran);
  const known = readKnownFailures();
  const report = new Map(
    [...ran]
      .filter(([, own]) => own.length > 0)
      .map(([name, own]) => [name, applyKnownFailures(own, known[name] ?? {})]),
  );
  print(report, values.json);
  const all = [...report.values()].flat();
  const isGood = all.every(({ outcome }) => outcome !== "failed");
  return isGood && all.some(({ outcome }) => outcome === "passed") ? 0 : 1;
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
