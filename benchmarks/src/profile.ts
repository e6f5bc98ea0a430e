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
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** A function and the share of the busy time spent in it, not in what it calls. */
export interface HotFunction {
  readonly share: number;
  readonly functionName: string;
  /** File and line. */
  readonly place: string;
}

/** The functions that took most of the time in which the process was not idle. */
export function hottestFunctions(profileJson: string, limit: number): HotFunction[] {
  const { nodes, samples, timeDeltas } = JSON.parse(profileJson) as CpuProfile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, { micros: number; functionName: string; place: string }>();
  let busyMicros = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === "(idle)") continue;
    const micros = timeDeltas[index] ?? 0;
    busyMicros += micros;
    const place = frame.url === "" ? "" : `${shortPath(frame.url)}:${frame.lineNumber + 1}`;
    const functionName = frame.functionName || "(anonymous)";
    const key = `${functionName} ${place}`;
    const sofar = functions.get(key)?.micros ?? 0;
    functions.set(key, { micros: sofar + micros, functionName, place });
  }
  return [...functions.values()]
    .toSorted((a, b) => b.micros - a.micros)
    .slice(0, limit)
    .map(({ micros, functionName, place }) => ({
      share: micros / busyMicros,
      functionName,
      place,
    }));
}

/** From the package's name on, or the last three steps of the path. */
function shortPath(url: string): string {
  const afterModules = url.split("/node_modules/").at(-1) ?? url;
  return afterModules === url ? url.split("/").slice(-3).join("/") : afterModules;
}
