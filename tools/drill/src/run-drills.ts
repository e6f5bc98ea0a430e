import { cpus, loadavg } from "node:os";
import { createRandom } from "@smartcall/testing";
import type { Drill, DrillResult } from "./drill.ts";
import type { DrillOptions } from "./options.ts";
import { formatResult } from "./report.ts";

/** How drills are run. */
export interface RunDrillsOptions extends Pick<DrillOptions, "all" | "seed"> {
  readonly print: (line: string) => void;
}

/** Runs drills one after the other and answers all that came of them. */
export async function runDrills(
  drills: readonly Drill[],
  { all, seed, print }: RunDrillsOptions,
): Promise<DrillResult[]> {
  const results: DrillResult[] = [];
  const add = (result: DrillResult) => {
    results.push(result);
    print(formatResult(result));
  };
  for (const drill of drills) {
    print(`\n${drill.name}: ${drill.title}`);
    const start = performance.now();
    const context = {
      all,
      seed,
      random: createRandom(seed, ...Buffer.from(drill.name)),
      progress: (line: string) => print(`        ${line}`),
    };
    try {
      for await (const result of drill.run(context)) add(result);
    } catch (error) {
      const figures = error instanceof Error ? (error.stack ?? error.message) : String(error);
      add({ fault: drill.name, transport: "all", outcome: "failed", figures });
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    // Figures of a machine that others use mean little.
    const [load = 0] = loadavg();
    print(
      `        took ${seconds} s, the machine's load is ${load.toFixed(1)} on ${cpus().length} cores`,
    );
  }
  return results;
}
