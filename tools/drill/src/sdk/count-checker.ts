import type { TaskStreamEvent } from "@smartcall/streaming";
import { countTo } from "../agents/counter.ts";

/** What a stream of the agent that counts must amount to. */
export interface WantedCount {
  readonly pieces: number;
  /** Whether bytes were changed on the way, which numbers can show and texts cannot. */
  readonly isGarbled?: boolean;
  /** Whether the task was canceled, so that it may have ended before its time. */
  readonly isCanceled?: boolean;
  /** Whether it asked for snapshots, so that it may have been told of gaps. */
  readonly mayJump?: boolean;
}

/** Looks at the events of the agent `counter`, and finds what is missing, repeated or out of order. */
export class CountChecker {
  /** The last number of the log that an event stood for. */
  numbers = 0;
  /** Connections that were lost on the way. */
  reconnects = 0;
  /** Times that a gap was told, and a snapshot took its place. */
  jumps = 0;
  cursor: string | undefined;
  taskId: string | undefined;
  #text = "";
  #state: string | undefined;
  #end: string | undefined;
  /** Whether a gap was told, and its snapshot is to come. */
  #isJumping = false;
  readonly #problems: string[] = [];

  take(event: TaskStreamEvent): void {
    if (event.type === "connection") {
      if (event.state === "reconnecting") this.reconnects++;
      return;
    }
    if (this.#end !== undefined) this.#problems.push(`${event.type} after the end`);
    this.taskId = event.taskId;
    switch (event.type) {
      case "end":
        this.#end = String(event.reason);
        return;
      case "gap":
        this.#isJumping = true;
        return;
      case "snapshot":
        this.#jump(event);
        return;
      case "error":
        this.#problems.push(`${event.type} at ${event.cursor}`);
        return;
      case "outputDelta":
        this.#text += event.text;
        break;
      case "status":
        this.#state = event.state;
        break;
    }
    this.cursor = event.cursor;
    const number = numberOf(event.cursor);
    if (this.#isJumping) this.#problems.push(`${event.cursor} after a gap`);
    if (number !== this.numbers + (event.merged ?? 1)) {
      this.#problems.push(`${event.cursor} after ${this.numbers}`);
    }
    this.numbers = number;
  }

  #jump({ cursor, task }: Extract<TaskStreamEvent, { type: "snapshot" }>): void {
    const number = numberOf(cursor);
    if (!this.#isJumping) this.#problems.push(`a snapshot at ${cursor} without a gap`);
    if (number < this.numbers) this.#problems.push(`a snapshot of ${cursor} after ${this.numbers}`);
    this.#isJumping = false;
    this.jumps++;
    this.cursor = cursor;
    this.numbers = number;
    this.#state = task.state;
    this.#text = (task.output?.parts ?? []).map(({ text = "" }) => text).join("");
  }

  /** What came that should not have come there, so far. */
  get disorder(): string | undefined {
    return this.#problems.join("; ") || undefined;
  }

  /** What is wrong now that nothing follows; undefined when all is as it should be. */
  problem({
    pieces,
    isGarbled = false,
    isCanceled = false,
    mayJump = false,
  }: WantedCount): string | undefined {
    const problems = [...this.#problems];
    if (this.jumps > 0 && !mayJump) problems.push(`${this.jumps} gaps`);
    if (this.#end !== "TERMINAL") problems.push(`ended with ${this.#end}`);
    if (!isGarbled) {
      const whole = countTo(pieces);
      const isWhole = this.#state === "COMPLETED" && this.#text === whole;
      const isCut = isCanceled && this.#state === "CANCELED" && whole.startsWith(this.#text);
      if (!isWhole && !isCut) problems.push(`${this.#state} with ${this.#text.slice(-30)}`);
    }
    return problems.join("; ") || undefined;
  }
}

function numberOf(cursor: string): number {
  return Number(cursor.slice(cursor.indexOf(".") + 1));
}
