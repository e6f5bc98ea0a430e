import { expect, test } from "vitest";
import { autocannon } from "./autocannon.ts";
import { bare } from "./candidates/bare.ts";
import { isOnPath } from "./child-process.ts";
import { wrk } from "./wrk.ts";

const hasWrk = await isOnPath("wrk");

for (const generator of [wrk, autocannon]) {
  test(`${generator.name} loads a server and says what came of it`, async ({ skip }) => {
    skip(generator === wrk && !hasWrk, "wrk is not on this machine");
    await using running = await bare.start();
    const { url } = running;
    let sample = await generator.run({ url, connections: 4, seconds: 1 });
    // A machine that stood still for this second has the next one.
    if (sample.calls <= 100) sample = await generator.run({ url, connections: 4, seconds: 4 });
    expect(sample.calls).toBeGreaterThan(100);
    expect(sample.errors).toBe(0);
    expect(sample.durationMs).toBeGreaterThan(900);
    expect(sample.p50Ms).toBeLessThanOrEqual(sample.p99Ms);
  });

  test(`${generator.name} counts an answer other than a 2xx as an error`, async ({ skip }) => {
    skip(generator === wrk && !hasWrk, "wrk is not on this machine");
    await using running = await bare.start();
    const url = `${running.url}/elsewhere`;
    let sample = await generator.run({ url, connections: 2, seconds: 1 });
    if (sample.errors <= 100) sample = await generator.run({ url, connections: 2, seconds: 4 });
    expect(sample.errors).toBeGreaterThan(100);
  });
}
