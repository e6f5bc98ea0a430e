import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { allCandidates } from "./candidates/all-candidates.ts";
import type { Candidate, StartOptions } from "./candidates/candidate.ts";
import { resultsDirectory } from "./directories.ts";
import { findLoadGenerator } from "./find-load-generator.ts";
import { evaluateGoals } from "./goals.ts";
import { measureMachineLoad } from "./machine-load.ts";
import { type Measured, measure, type TimeWindow } from "./measure.ts";
import { type BenchOptions, help, parseBenchOptions } from "./options.ts";
import { hottest } from "./profile.ts";
import { formatReport, type Report } from "./report.ts";
import { summarize } from "./summarize.ts";
import { formatTable } from "./table.ts";

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interrupted.abort(new Error(`ended by ${signal}`)));
}

try {
  process.exitCode = await main(parseBenchOptions(process.argv.slice(2)));
} catch (error) {
  const cause: unknown = interrupted.signal.reason ?? error;
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
}

/** Answers the exit status. */
async function main(options: BenchOptions): Promise<number> {
  if (options.help) {
    console.log(help);
    return 0;
  }
  await mkdir(resultsDirectory, { recursive: true });
  const { candidates, skipped } = await chooseCandidates(options);
  const load = await findLoadGenerator();
  const loadBefore = await measureMachineLoad(1000);
  const measured = await measure({
    candidates,
    load,
    options,
    startOptions: profileFlags(options),
    report: (line) => console.error(line),
    signal: interrupted.signal,
  });
  const { measurements, footprints } = measured;
  const otherLoad = Math.max(loadBefore, await measureMachineLoad(1000));
  const report: Report = {
    summaries: summarize(measurements, "bare"),
    footprints,
    goals: options.profile ? [] : evaluateGoals(measurements),
    skipped,
    otherLoad,
  };
  console.log(`\n${formatReport(report)}\n`);
  if (options.profile) await printProfile(measured.window);
  else await writeResult(options, load.name, measured, report);
  return hasErrors(measured) ? 1 : 0;
}

async function chooseCandidates({ only }: BenchOptions) {
  const unknown = only?.filter((name) => !allCandidates.some((each) => each.name === name)) ?? [];
  if (unknown.length > 0) {
    const names = allCandidates.map(({ name }) => name).join(", ");
    throw new Error(`no candidate is called ${unknown.join(", ")}; there are ${names}`);
  }
  const candidates: Candidate[] = [];
  const skipped: { candidate: string; reason: string }[] = [];
  for (const candidate of allCandidates) {
    if (only && !only.includes(candidate.name)) continue;
    const reason = await candidate.unavailable?.(interrupted.signal);
    if (reason === undefined) candidates.push(candidate);
    else skipped.push({ candidate: candidate.name, reason });
  }
  return { candidates, skipped };
}

function profileFlags({ profile }: BenchOptions): StartOptions {
  const flags = ["--cpu-prof", `--cpu-prof-dir=${resultsDirectory}`];
  if (profile === undefined) return {};
  return profile.process === "agent" ? { agentFlags: flags } : { gatewayFlags: flags };
}

async function printProfile(window: TimeWindow): Promise<void> {
  const profiles = (await readdir(resultsDirectory)).filter((name) => name.endsWith(".cpuprofile"));
  const newest = profiles.toSorted().at(-1);
  if (newest === undefined) throw new Error("the process wrote no profile: is it one of Node?");
  const path = join(resultsDirectory, newest);
  const profile = await readFile(path, "utf8");
  const tables = (["module", "function"] as const).map((by) => {
    const rows = hottest(profile, by, by === "module" ? 15 : 30, window).map(({ name, share }) => [
      name,
      `${(share * 100).toFixed(1)} %`,
    ]);
    return formatTable([[by, "self"], ...rows]);
  });
  console.log([...tables, path].join("\n\n"));
}

async function writeResult(
  options: BenchOptions,
  loadGenerator: string,
  { measurements }: Measured,
  report: Report,
): Promise<void> {
  const date = new Date().toISOString();
  const machine = {
    platform: `${process.platform} ${process.arch}`,
    cores: cpus().length,
    cpu: cpus()[0]?.model,
    node: process.version,
    loadGenerator,
  };
  const path = join(resultsDirectory, `${date.slice(0, 19).replaceAll(":", "-")}.json`);
  const { rounds, seconds, connections } = options;
  const result = { date, machine, rounds, seconds, connections, ...report, measurements };
  await writeFile(path, `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(path);
}

function hasErrors({ measurements }: Measured): boolean {
  const errors = measurements.reduce((sum, measurement) => sum + measurement.errors, 0);
  if (errors > 0) console.error(`${errors} calls failed: the figures mean nothing`);
  return errors > 0;
}
