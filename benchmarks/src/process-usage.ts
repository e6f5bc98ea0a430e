import { readFile } from "node:fs/promises";

/**
 * The most memory that a process held so far, in bytes; undefined where the system does not say,
 * as it does on Linux (`VmHWM` of proc(5)).
 */
export async function readPeakMemory(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return parsePeakMemory(status);
}

/**
 * How long all threads of a process have computed so far, in milliseconds; undefined where the
 * system does not say, as it does on Linux (`utime` and `stime` of proc(5)).
 */
export async function readCpuTime(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return parseCpuTime(stat);
}

/** Reads `VmHWM` out of the text of `/proc/<pid>/status`. */
export function parsePeakMemory(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** Adds up fields 14 and 15 of `/proc/<pid>/stat`, which Linux counts in hundredths of a second. */
export function parseCpuTime(stat: string): number | undefined {
  // The second field is the program's name in brackets and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? undefined : ticks * 10;
}
