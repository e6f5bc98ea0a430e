import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callBody, callPath } from "./call.ts";
import { runToEnd } from "./child-process.ts";
import type { LoadGenerator, LoadSample } from "./load.ts";

/** wrk, with one thread: it shares the cores with what it measures. */
export const wrk: LoadGenerator = {
  name: "wrk",
  async run({ url, connections, seconds, signal }) {
    const directory = await mkdtemp(join(tmpdir(), "smartcall-wrk-"));
    try {
      const script = join(directory, "call.lua");
      await writeFile(script, wrkScript);
      const output = await runToEnd(
        "wrk",
        [
          ["--threads", "1"],
          ["--connections", String(connections)],
          ["--duration", `${seconds}s`],
          ["--timeout", "10s"],
          ["--script", script],
          url + callPath,
        ].flat(),
        { signal },
      );
      return parseWrkOutput(output);
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

/** Posts the call and prints what came of it as one line of JSON that {@link parseWrkOutput} reads. */
export const wrkScript = `
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = [==[${callBody}]==]

done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '{"calls":%d,"durationUs":%d,"errors":[%d,%d,%d,%d,%d],"p50Us":%.1f,"p99Us":%.1f}\\n',
    summary.requests, summary.duration, e.connect, e.read, e.write, e.status, e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
`;

/**
 * Reads the line that {@link wrkScript} prints after wrk's own summary.
 *
 * @throws {Error} when there is none; its message holds the output.
 */
export function parseWrkOutput(output: string): LoadSample {
  const line = output.split("\n").find((candidate) => candidate.startsWith('{"calls"'));
  if (line === undefined) throw new Error(`wrk printed no figures:\n${output}`);
  const printed = JSON.parse(line) as {
    calls: number;
    durationUs: number;
    errors: number[];
    p50Us: number;
    p99Us: number;
  };
  return {
    calls: printed.calls,
    durationMs: printed.durationUs / 1000,
    errors: printed.errors.reduce((sum, count) => sum + count, 0),
    p50Ms: printed.p50Us / 1000,
    p99Ms: printed.p99Us / 1000,
  };
}
