import { exitCodes } from "./exit-code.js";

/** What Ctrl-C does while a command runs. */
export interface Interruption extends Disposable {
  /** Aborted by the first one. */
  readonly signal: AbortSignal;
}

/** Lets a command end well on the first SIGINT or SIGTERM; the second one ends it at once. */
export function interruption(): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
