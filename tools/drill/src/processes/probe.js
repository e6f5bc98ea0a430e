// Loaded into every process of a drill before its program: tells what the process holds. No
// TypeScript, for what Node strips types with stays in memory: 13 MB in each process that is measured.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { queryObjects } from "node:v8";

const resolutionMs = 10;
const timer = setTimeout(() => {});
const Timeout = timer.constructor;
clearTimeout(timer);
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
  // Those too that keep nothing alive, which is what a server's timers are.
  resources["Timer"] = queryObjects(Timeout, { format: "count" });
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
