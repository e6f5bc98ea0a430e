import { expect, test } from "vitest";
import { measureMachineLoad } from "./machine-load.ts";

test("the load is a share, and not nothing while this process computes", async () => {
  const measuring = measureMachineLoad(200);
  const end = performance.now() + 300;
  while (performance.now() < end) Math.sqrt(end);
  const load = await measuring;
  expect(load).toBeGreaterThan(0);
  expect(load).toBeLessThanOrEqual(1);
});
