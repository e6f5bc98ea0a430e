import {
  createLink,
  createMemoryCarriers,
  type Link,
  type LinkOptions,
  type MemoryCarrier,
  type Outcome,
  type OutgoingHandlers,
} from "../src/index.js";
import { createLinesCodec, type TextTypes } from "./lines-codec.js";

type Options = Partial<LinkOptions<TextTypes>>;

/** Two links that are connected in memory, and their carriers. */
export interface Pair {
  dialer: Link<TextTypes>;
  acceptor: Link<TextTypes>;
  carriers: [MemoryCarrier, MemoryCarrier];
  /** Runs everything that was scheduled, promises between the steps included. */
  settle(): Promise<void>;
  /** Lets the timers of both links tick once. */
  tick(): void;
}

/** Connects two links in memory; nothing moves but in `settle`. */
export function createPair(
  setup: { dialer?: Options; acceptor?: Options; capacityBytes?: number } = {},
): Pair {
  const steps: (() => void)[] = [];
  const timers = new Set<() => void>();
  const schedule = (step: () => void) => void steps.push(step);
  const setTimer = (tick: () => void) => {
    timers.add(tick);
    return () => void timers.delete(tick);
  };
  const { capacityBytes = 1_000_000 } = setup;
  const carriers = createMemoryCarriers({ schedule, capacityBytes });
  const shared = { codec: createLinesCodec(), schedule, setTimer };
  const dialer = createLink<TextTypes>({
    ...shared,
    side: "dialer",
    carrier: carriers[0],
    implementation: "test-dialer/1",
    ...setup.dialer,
  });
  const acceptor = createLink<TextTypes>({
    ...shared,
    side: "acceptor",
    carrier: carriers[1],
    implementation: "test-acceptor/1",
    ...setup.acceptor,
  });
  carriers[0].connect(dialer);
  carriers[1].connect(acceptor);
  const settle = async () => {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
        step();
        quiet = 0;
      }
      await Promise.resolve();
    }
  };
  const tick = () => {
    for (const run of [...timers]) run();
  };
  return { dialer, acceptor, carriers, settle, tick };
}

/** Handlers that write down what they hear. */
export function createRecorder(
  event?: (event: string) => void | Promise<void>,
): OutgoingHandlers<TextTypes> & { events: string[]; outcomes: Outcome[] } {
  const events: string[] = [];
  const outcomes: Outcome[] = [];
  return {
    events,
    outcomes,
    event(text) {
      events.push(text);
      return event?.(text);
    },
    close: (outcome) => void outcomes.push(outcome),
  };
}
