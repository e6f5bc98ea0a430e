import type { TimeWindow } from "./measure.ts";

/** The parts of a `.cpuprofile` (V8's Profiler.Profile) that are read here. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  /** When it began, in microseconds of the system's monotonic clock. */
  readonly startTime: number;
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

type CallFrame = CpuProfile["nodes"][number]["callFrame"];

/** A function or a module, and the share of the busy time spent in it, not in what it calls. */
export interface HotSpot {
  readonly share: number;
  readonly name: string;
}

/**
 * What took most of the time in which the process was not idle, within a window.
 *
 * @param by one function each, with its file and line, or whole packages, files of this repository
 * and modules of Node.
 */
export function hottest(
  profileJson: string,
  by: "function" | "module",
  limit: number,
  window: TimeWindow,
): HotSpot[] {
  const { nodes, samples, startTime, timeDeltas } = JSON.parse(profileJson) as CpuProfile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const nameOf = by === "function" ? functionName : moduleName;
  const microsByName = new Map<string, number>();
  let busyMicros = 0;
  let now = startTime;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    const micros = timeDeltas[index] ?? 0;
    now += micros;
    if (now < window.from || now > window.to) continue;
    if (frame === undefined || frame.functionName === "(idle)") continue;
    const name = nameOf(frame);
    busyMicros += micros;
    microsByName.set(name, (microsByName.get(name) ?? 0) + micros);
  }
  return [...microsByName]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([name, micros]) => ({ share: micros / busyMicros, name }));
}

function functionName({ functionName, url, lineNumber }: CallFrame): string {
  const place = url === "" ? "" : ` ${shortPath(url)}:${lineNumber + 1}`;
  return `${functionName || "(anonymous)"}${place}`;
}

function moduleName({ functionName, url }: CallFrame): string {
  if (url === "") return functionName || "(native)";
  const path = shortPath(url);
  const isPackage = url.includes("/node_modules/");
  return isPackage ? path.split("/", path.startsWith("@") ? 2 : 1).join("/") : path;
}

/** From the package's name on, or the last three steps of the path. */
function shortPath(url: string): string {
  const afterModules = url.split("/node_modules/").at(-1) ?? url;
  return afterModules === url ? url.split("/").slice(-3).join("/") : afterModules;
}
