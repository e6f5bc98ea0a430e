// Loaded into every process of a drill before its program: tells what the process holds. No
// TypeScript, for what Node strips types with stays in memory: 13 MB in each process that is measured.
import { monitorEventLoopDelay } from "node:perf_hooks";

const resolutionMs = 10;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();

/** @returns {import("./program.ts").Figures} */
function figures() {
  const loopP99Ms = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
  // The collection is this probe's own doing and must not count.
  globalThis.gc?.();
  /** @type {Record<string, number>} */
  const resources = {};
  for (const kind of process.getActiveResourcesInfo()) {
    resources[kind] = (resources[kind] ?? 0) + 1;
  }
  const { rss, heapUsed } = process.memoryUsage();
  setImmediate(() => delay.reset());
  return { rssBytes: rss, heapBytes: heapUsed, resources, loopP99Ms };
}

process.on("message", ({ id, command }) => {
  if (command === "figures") process.send?.({ id, answer: figures() });
});
// Commands alone keep no program alive.
process.channel?.unref();
// A disconnected process has nobody left to serve.
process.on("disconnect", () => process.exit(1));
