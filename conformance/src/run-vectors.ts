import type { LoadedVector } from "./load-vectors.ts";
import { type Outcome, runVector } from "./run-vector.ts";
import { RunnerProcess } from "./runner-process.ts";
import type { Runner } from "./runners.ts";

/** Has a runner run all vectors of its role, several at once. */
export async function runVectors(
  runner: Runner,
  vectors: readonly LoadedVector[],
): Promise<Outcome[]> {
  const all = (outcome: Outcome["outcome"], detail: string): Outcome[] =>
    vectors.map(({ id, group }) => ({ id, group, outcome, details: [detail] }));
  let process: RunnerProcess;
  try {
    const started = await RunnerProcess.start(runner);
    if (typeof started === "string") return all("skipped", started);
    process = started;
  } catch (error) {
    return all("failed", String(error));
  }
  const outcomes: Outcome[] = [];
  const queue = vectors.entries();
  const work = async () => {
    for (const [index, loaded] of queue) {
      outcomes[index] = await runVector(loaded, process);
    }
  };
  await Promise.all(Array.from({ length: runner.concurrency ?? 8 }, work));
  await process.stop();
  return outcomes;
}
