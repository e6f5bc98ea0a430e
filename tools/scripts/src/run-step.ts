import { spawn } from "node:child_process";
import type { ReportSum } from "./reports.ts";
import { addTallies, formatTally, parseTally, parseVerdicts, type Tally } from "./tally.ts";

/** One step of the verification. */
export interface Step {
  name: string;
  command: readonly [program: string, ...args: string[]];
  /** Counts what it did after it ran; without it, its last line or itself as one check. */
  count?: () => ReportSum;
  /** Why it is not run, when it is not. */
  skip?: string | undefined;
  /** Killed after this long; 480,000 when absent. */
  timeoutMs?: number;
}

/** What became of a step. */
export interface StepResult {
  name: string;
  tally: Tally;
  durationMs: number;
  /** All it printed, and what was amiss besides; shown when it failed. */
  output: string;
  /** What failed, a line each, where it counts itself or said nothing else. */
  failures: readonly string[];
  /** The names of what it skipped. */
  skips: readonly string[];
}

/** Runs a step to its end; a failure of any kind is in the tally, never thrown. */
export async function runStep(step: Step, cwd: string): Promise<StepResult> {
  const begin = performance.now();
  const { output, trouble } = await run(step, cwd);
  const counted = step.count?.();
  const told = counted ?? parseVerdicts(output);
  const tally = counted?.tally ?? parseTally(output) ?? { passed: 0, failed: 0, skipped: 0 };
  const complaints = [...(counted?.complaints ?? [])];
  const isUncounted = tally.passed + tally.failed + tally.skipped === 0;
  if (trouble !== undefined) complaints.push(trouble);
  const self: Tally = {
    passed: isUncounted && trouble === undefined && counted === undefined ? 1 : 0,
    // A program that fails without a failed check, or that counts and has counted nothing.
    failed:
      (trouble !== undefined && tally.failed === 0) || (isUncounted && counted !== undefined)
        ? 1
        : 0,
    skipped: 0,
  };
  if (counted !== undefined && isUncounted) complaints.push("Nothing was run.");
  return {
    name: step.name,
    tally: addTallies([tally, self]),
    durationMs: performance.now() - begin,
    output: [output.trimEnd(), ...complaints].filter((text) => text !== "").join("\n"),
    failures: [...told.failures, ...complaints],
    skips: told.skips,
  };
}

/** `ok      types        12.3 s  1 passed, 0 failed`. */
export function formatResult({ name, tally, durationMs }: StepResult): string {
  const verdict = tally.failed > 0 ? "FAILED" : tally.passed > 0 ? "ok" : "skipped";
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  return `${verdict.padEnd(7)} ${name.padEnd(18)} ${seconds.padStart(8)}   ${formatTally(tally)}`;
}

function run(step: Step, cwd: string): Promise<{ output: string; trouble: string | undefined }> {
  const [program, ...args] = step.command;
  const timeoutMs = step.timeoutMs ?? 480_000;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const killGroup = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It ended in between.
      }
    };
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      killGroup();
    }, timeoutMs);
    // Whoever ends this process ends the step too.
    process.once("exit", killGroup);
    const finish = (trouble: string | undefined) => {
      clearTimeout(timer);
      process.off("exit", killGroup);
      resolve({ output: Buffer.concat(chunks).toString(), trouble });
    };
    child.once("error", (error) => finish(`${program} could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      if (isLate) finish(`It was killed after ${timeoutMs / 1000} s.`);
      else
        finish(code === 0 ? undefined : `${program} ended with ${signal ?? `exit code ${code}`}.`);
    });
  });
}
