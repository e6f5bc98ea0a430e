import { readFile } from "node:fs/promises";

/**
 * The most memory that a process held so far, in bytes; undefined where the system does not say,
 * as it does on Linux (`VmHWM` of proc(5)).
 */
export async function readPeakMemory(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return parsePeakMemory(status);
}

/** Reads `VmHWM` out of the text of `/proc/<pid>/status`. */
export function parsePeakMemory(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
