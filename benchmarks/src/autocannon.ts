import { fileURLToPath } from "node:url";
import { callBody, callPath } from "./call.ts";
import { runToEnd } from "./child-process.ts";
import type { LoadGenerator, LoadSample } from "./load.ts";

/** autocannon, where wrk is not installed; it takes a good part of a core itself. */
export const autocannon: LoadGenerator = {
  name: "autocannon",
  async run({ url, connections, seconds, signal }) {
    const output = await runToEnd(
      process.execPath,
      [
        fileURLToPath(import.meta.resolve("autocannon")),
        ["--json", "--no-progress"],
        ["--connections", String(connections)],
        ["--duration", String(seconds)],
        ["--timeout", "10"],
        ["--method", "POST"],
        ["--headers", "content-type=application/json"],
        ["--body", callBody],
        url + callPath,
      ].flat(),
      { signal },
    );
    return parseAutocannonOutput(output);
  },
};

/** Reads the JSON that autocannon prints. */
export function parseAutocannonOutput(output: string): LoadSample {
  const printed = JSON.parse(output) as {
    "2xx": number;
    non2xx: number;
    errors: number;
    duration: number;
    latency: { p50: number; p99: number };
  };
  return {
    calls: printed["2xx"],
    durationMs: printed.duration * 1000,
    errors: printed.errors + printed.non2xx,
    p50Ms: printed.latency.p50,
    p99Ms: printed.latency.p99,
  };
}
