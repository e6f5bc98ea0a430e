import type { Terminal } from "./terminal.js";

/** Something that turns on standard error while there is nothing to show yet. */
export interface Spinner {
  /** Turns, and says this. */
  start(text: string): void;
  /** Leaves no trace. */
  stop(): void;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** A spinner, or nothing where nobody would see it. */
export function createSpinner(terminal: Terminal): Spinner {
  let timer: NodeJS.Timeout | undefined;
  let text = "";
  let turn = 0;
  const draw = () => {
    const frame = frames[turn++ % frames.length] ?? "";
    const line = `${terminal.paint("cyan", frame, process.stderr)} ${text}`;
    process.stderr.write(`\r\u001b[2K${line}`);
  };
  return {
    start(what) {
      text = terminal.paint("dim", what.replaceAll(/\s+/g, " ").slice(0, 60), process.stderr);
      if (!terminal.canSpin || timer) return;
      draw();
      timer = setInterval(draw, 80).unref();
    },
    stop() {
      if (!timer) return;
      clearInterval(timer);
      timer = undefined;
      process.stderr.write("\r\u001b[2K");
    },
  };
}
