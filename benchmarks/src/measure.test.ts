import { expect, test } from "vitest";
import { bare } from "./candidates/bare.ts";
import type { Candidate, RunningCandidate } from "./candidates/candidate.ts";
import type { LoadGenerator } from "./load.ts";
import { measure } from "./measure.ts";

const options = { rounds: 2, seconds: 1, warmUpSeconds: 1, connections: [1, 64] };

test("every second round goes backwards, after a warm-up of each", async () => {
  const order: string[] = [];
  await measure({
    candidates: [named("a", []), named("b", [])],
    load: load(() => {}),
    options: { ...options, connections: [1] },
    report: (line) => order.push(line.replace(/: \d.*/, "")),
    signal: new AbortController().signal,
  });
  expect(order).toEqual([
    "a: started, right, warm",
    "b: started, right, warm",
    "round 1/2, 1 conn., a",
    "round 1/2, 1 conn., b",
    "round 2/2, 1 conn., b",
    "round 2/2, 1 conn., a",
  ]);
});

test("a run that is ended early stops what it started", async () => {
  const started: RunningCandidate[] = [];
  const ending = new AbortController();
  const run = measure({
    candidates: [named("a", started)],
    load: load(() => ending.abort(new Error("ended"))),
    options,
    report: () => {},
    signal: ending.signal,
  });
  await expect(run).rejects.toThrow("ended");
  for (const { gateway } of started) {
    expect(() => process.kill(gateway.pid, 0)).toThrow(/ESRCH/);
  }
  expect(started).toHaveLength(1);
});

function named(name: string, started: RunningCandidate[]): Candidate {
  return {
    ...bare,
    name,
    async start(startOptions) {
      const running = await bare.start(startOptions);
      started.push(running);
      return running;
    },
  };
}

function load(act: () => void): LoadGenerator {
  return {
    name: "none",
    async run() {
      act();
      return { calls: 10, durationMs: 1000, errors: 0, p50Ms: 1, p99Ms: 2 };
    },
  };
}
