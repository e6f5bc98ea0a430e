import { formatResult, runStep, type Step, type StepResult } from "./run-step.ts";
import { addTallies, formatTally } from "./tally.ts";

/** What is run and where its progress goes. */
export interface VerifyOptions {
  steps: readonly Step[];
  cwd: string;
  /** Takes one line. */
  print: (line: string) => void;
  /** Takes the name of a step that begins, where someone watches. */
  announce?: ((name: string) => void) | undefined;
}

/**
 * Runs all steps whatever becomes of each, then prints the whole output of those that failed and,
 * as the last line, what all of them add up to.
 *
 * Resolves with the exit code: 1 when anything failed or nothing ran.
 */
export async function verify(options: VerifyOptions): Promise<0 | 1> {
  const { steps, cwd, print, announce } = options;
  const results: StepResult[] = [];
  for (const step of steps) {
    announce?.(step.name);
    const result = step.skip === undefined ? await runStep(step, cwd) : skipped(step, step.skip);
    results.push(result);
    if (step.skip === undefined) print(formatResult(result));
    for (const skip of result.skips) print(`skipped ${skip}`);
  }
  for (const { name, output } of results.filter(({ tally }) => tally.failed > 0)) {
    print(`\n--- ${name} ---\n${output}`);
  }
  // Again in short, as the end is what is seen of a long output.
  print("");
  for (const { name, failures } of results) {
    for (const failure of failures) print(`FAILED  ${name}: ${failure}`);
  }
  const sum = addTallies(results.map(({ tally }) => tally));
  print(formatTally(sum));
  return sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}

function skipped({ name }: Step, why: string): StepResult {
  const tally = { passed: 0, failed: 0, skipped: 1 };
  return { name, tally, durationMs: 0, output: "", failures: [], skips: [`${name}: ${why}`] };
}
