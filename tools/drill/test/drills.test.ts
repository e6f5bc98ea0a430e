import { expect, test } from "vitest";
import type { Drill } from "../src/drill.ts";
import { cuts } from "../src/drills/cuts.ts";
import { faultTable } from "../src/drills/faults.ts";
import { offsets } from "../src/drills/offsets.ts";
import { runSchedules } from "../src/drills/schedules.ts";
import { formatResult } from "../src/report.ts";
import { runDrills } from "../src/run-drills.ts";
import { sdkTransports } from "../src/sdk/sdk-transports.ts";

const seed = Number(process.env["DRILL_SEED"] ?? Date.now() % 2 ** 31);

async function failuresOf(drill: Drill): Promise<readonly string[]> {
  const results = await runDrills([drill], { all: false, seed, print: () => {} });
  expect(results.length).toBeGreaterThan(0);
  return results
    .filter(({ outcome, fault }) => outcome === "failed" && !isTimed(fault))
    .map(formatResult);
}

/** What is measured in milliseconds means nothing beside other tests. */
const isTimed = (fault: string) => fault.startsWith("resume of");

test.concurrent.each([offsets, cuts, faultTable])(
  `a sample of $name holds (seed ${seed})`,
  async (drill) => {
    expect(await failuresOf(drill)).toEqual([]);
  },
);

test.concurrent.each(sdkTransports)(
  `schedules hold over $name (seed ${seed})`,
  async (transport) => {
    await runSchedules(transport, { runs: 25, seed });
  },
);
