// The agents of the drills, attached to the gateway at SMARTCALL_URL.
import { setTimeout as delay } from "node:timers/promises";
import { attach, dataOf, defineAgent, progress } from "@smartcall/agent";
import { counter } from "../agents/counter.ts";
import { monotonicMs } from "../monotonic-ms.ts";
import type { RunEvent } from "../processes/agents.ts";
import { sendEvent, serveCommands } from "../processes/serve-commands.ts";

/** What the ticker is to do. */
interface Ticks {
  /** What its events are told under; nothing is told when absent. */
  readonly key?: string;
  /** Pieces of text in all. */
  readonly pieces: number;
  /** Pieces a second; as fast as they are taken when absent. */
  readonly perSecond?: number;
  /** Bytes of each piece, about; as few as a number needs when absent. */
  readonly bytes?: number;
  /** What a piece is: one of the answer, which a task keeps, or an event alone. `answer` when absent. */
  readonly as?: "answer" | "progress";
}

/** Pieces that are owed leave together, so often at most. */
const tickMs = 10;

const ticker = defineAgent({
  name: "ticker",
  description: "Says the time, again and again.",
  async *run(message, { signal }) {
    const { key, pieces, perSecond, bytes = 0, as } = dataOf(message) as unknown as Ticks;
    let taken = 0;
    const tell = (kind: RunEvent["kind"]) => {
      if (key !== undefined) queue({ kind, key, atMs: monotonicMs(), pieces: taken });
    };
    tell("started");
    signal.addEventListener("abort", () => tell("aborted"), { once: true });
    const start = monotonicMs();
    while (taken < pieces) {
      if (perSecond !== undefined) {
        const dueMs = start + (taken * 1000) / perSecond;
        const waitMs = dueMs - monotonicMs();
        if (waitMs > 0) await delay(Math.max(waitMs, tickMs), undefined, { signal });
      }
      const owed =
        perSecond === undefined
          ? pieces
          : Math.min(pieces, Math.floor(((monotonicMs() - start) * perSecond) / 1000) + 1);
      while (taken < owed) {
        taken++;
        const piece = `${monotonicMs().toFixed(2)} `.padStart(bytes);
        yield as === "progress" ? progress(0, piece) : piece;
      }
    }
    tell("ended");
  },
});

const echo = defineAgent({
  name: "echo",
  description: "Answers what it is told.",
  run: (message) => message.parts,
});

/** Runs are told of in batches, a turn each. */
const queued: RunEvent[] = [];
function queue(event: RunEvent): void {
  if (queued.push(event) === 1) setImmediate(() => sendEvent(queued.splice(0)));
}

const attachment = attach([ticker, counter, echo], {
  capacity: 30_000,
});
serveCommands({ ready: () => attachment.ready.then(() => true) });
