/** What the core takes from whichever runtime it is on. */
interface Runtime {
  setImmediate?: (run: () => void) => unknown;
  MessageChannel?: new () => {
    port1: { onmessage: (() => void) | null };
    port2: { postMessage(message: unknown): void };
  };
}

/** Runs a function when this turn of the event loop is over. */
export function createSchedule(
  runtime: Runtime = globalThis as unknown as Runtime,
): (run: () => void) => void {
  const { setImmediate, MessageChannel } = runtime;
  if (setImmediate !== undefined) return (run) => void setImmediate(run);
  if (MessageChannel === undefined) return (run) => void setTimeout(run, 0);
  // A timer would wait: browsers clamp nested ones to 4 ms, and to a second in a hidden tab.
  const channel = new MessageChannel();
  const runs: (() => void)[] = [];
  channel.port1.onmessage = () => runs.shift()?.();
  return (run) => {
    runs.push(run);
    channel.port2.postMessage(undefined);
  };
}

/**
 * Runs the first function of a turn of the event loop as soon as the code that asked is done, and
 * the last one of those that follow when the turn is over.
 *
 * So a frame that comes alone leaves at once, and the other side begins with the first frame of
 * many while this one still makes the rest.
 */
export function createEagerSchedule(
  later: (run: () => void) => void = createSchedule(),
): (run: () => void) => void {
  let hasRun = false;
  let next: (() => void) | undefined;
  function endTurn(): void {
    hasRun = false;
    const run = next;
    next = undefined;
    run?.();
  }
  return (run) => {
    if (hasRun) {
      next = run;
      return;
    }
    hasRun = true;
    queueMicrotask(run);
    later(endTurn);
  };
}

/** Runs `tick` every so often until the returned function is called; keeps no process alive. */
export function setUnrefInterval(tick: () => void, intervalMs: number): () => void {
  const timer: unknown = setInterval(tick, intervalMs);
  if (typeof timer === "object" && timer !== null && "unref" in timer) {
    (timer as { unref(): void }).unref();
  }
  return () => clearInterval(timer as ReturnType<typeof setInterval>);
}
