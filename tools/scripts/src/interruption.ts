/** Two steps of being told to end. */
export interface Interruption {
  /** The first Ctrl-C, SIGTERM, or a closed terminal. */
  stop: AbortSignal;
  /** A second one. */
  kill: AbortSignal;
}

/**
 * Turns the signals of this process into two steps.
 *
 * npm, npx and pnpm each pass Ctrl-C on to what they run, which got it from the terminal already:
 * what arrives within `echoMs` (1,000 when absent) of the first is the same one.
 */
export function interruption(echoMs = 1_000): Interruption {
  const stop = new AbortController();
  const kill = new AbortController();
  let first = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) {
        first = performance.now();
        stop.abort();
      } else if (performance.now() - first > echoMs) {
        kill.abort();
      }
    });
  }
  return { stop: stop.signal, kill: kill.signal };
}
