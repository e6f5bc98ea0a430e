// Loaded into every process of a drill before its program: tells what the process holds.
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Figures } from "./program.ts";
import { serveCommands } from "./serve-commands.ts";

const resolutionMs = 10;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();

serveCommands({
  figures: (): Figures => {
    const loopP99Ms = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
    // The collection is this probe's own doing and must not count.
    globalThis.gc?.();
    const resources: Record<string, number> = {};
    for (const kind of process.getActiveResourcesInfo()) {
      resources[kind] = (resources[kind] ?? 0) + 1;
    }
    const { rss, heapUsed } = process.memoryUsage();
    setImmediate(() => delay.reset());
    return { rssBytes: rss, heapBytes: heapUsed, resources, loopP99Ms };
  },
});
// A disconnected process has nobody left to serve.
process.on("disconnect", () => process.exit(1));
