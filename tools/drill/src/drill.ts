import type { Random } from "@smartcall/testing";

/** How a drill is run. */
export interface DrillContext {
  /** All of it, or a sample that a minute is enough for. */
  readonly all: boolean;
  /** What chance begins with. */
  readonly seed: number;
  /** Random numbers of this drill alone. */
  readonly random: Random;
  /** Says how far it is. */
  readonly progress: (line: string) => void;
}

/** What came of one fault on one transport. */
export interface DrillResult {
  /** What was done: a row of the table. */
  readonly fault: string;
  /** Over what: a column of the table. */
  readonly transport: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** What was measured, or why not. */
  readonly figures: string;
}

/** Something that must hold, and the measuring of it. */
export interface Drill {
  readonly name: string;
  readonly title: string;
  run(context: DrillContext): AsyncIterable<DrillResult>;
}
