import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** The share of all cores' time, from 0 to 1, that something used over the next `durationMs`. */
export async function measureMachineLoad(durationMs: number): Promise<number> {
  const before = cpuTimes();
  await delay(durationMs);
  const after = cpuTimes();
  const all = after.all - before.all;
  return all > 0 ? 1 - (after.idle - before.idle) / all : 0;
}

function cpuTimes(): { all: number; idle: number } {
  let all = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    all += times.user + times.nice + times.sys + times.irq + times.idle;
    idle += times.idle;
  }
  return { all, idle };
}
