import type { LoadedVector } from "./load-vectors.ts";
import { type Outcome, runVector } from "./run-vector.ts";
import { RunnerProcess } from "./runner-process.ts";
import type { Runner } from "./runners.ts";

/**
 * How often what must be in time is judged until it was: a machine that stands still for a moment
 * fails it once, an SDK that is too slow or gives up too late fails it each time.
 */
const triesInTime = 3;

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
  for (let attempt = 2; attempt <= triesInTime; attempt++) {
    for (const [index, loaded] of vectors.entries()) {
      const before = outcomes[index];
      if (before?.outcome !== "failed" || !mustBeInTime(loaded)) continue;
      // Under a name of its own, which no late answer to the try before has.
      const again = await runVector({ ...loaded, id: `${loaded.id} ${attempt}` }, process);
      outcomes[index] = { ...again, id: loaded.id, details: [...before.details, ...again.details] };
    }
  }
  await process.stop();
  return outcomes;
}

/** Whether a vector has a time that must not be over before something happens. */
function mustBeInTime({ vector }: LoadedVector): boolean {
  return /"(\w*[tT]imeoutMs|atMostMs)":/.test(JSON.stringify(vector));
}
