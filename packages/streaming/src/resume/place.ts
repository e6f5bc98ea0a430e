import { type Cursor, parseCursor } from "@smartcall/protocol/sdk";
import { kindOf, type WireEvent } from "../events/wire-event.js";
import { cut } from "./cut.js";

/**
 * Where a reader is in a log, and what may come next: the number after it, or a snapshot after an
 * explicit gap. Whatever else arrives means that something was lost or garbled on the way.
 */
export class Place {
  #cursor: string;
  #here: Cursor | undefined;
  #taskId: string | undefined;
  readonly #snapshots: "after gap" | "always";
  #gap: WireEvent | undefined;

  /**
   * @param after the cursor to begin after; empty to begin with the first event.
   * @param snapshots whether a snapshot may move a reader without a gap before it, as in the
   *   registry's log.
   */
  constructor(after: string, taskId: string | undefined, snapshots: "after gap" | "always") {
    this.#cursor = after;
    this.#here = parseCursor(after);
    this.#taskId = taskId;
    this.#snapshots = snapshots;
  }

  /** The cursor of the last event; empty before the first. */
  get cursor(): string {
    return this.#cursor;
  }

  /** The task, once an event has named it. */
  get taskId(): string | undefined {
    return this.#taskId;
  }

  /** A new connection begins: what the one before it announced does not hold for it. */
  reconnected(): void {
    this.#gap = undefined;
  }

  /**
   * Moves on by one event and answers what is new: nothing for a number that was seen before, a gap
   * together with its snapshot.
   *
   * @throws {SmartcallError} `STREAM_TRUNCATED` when an event before this one is missing.
   */
  take(event: WireEvent): readonly WireEvent[] {
    if (this.#taskId !== undefined && event.taskId !== this.#taskId) {
      throw cut(`an event of ${event.taskId ?? "no task"} among those of ${this.#taskId}`);
    }
    const kind = kindOf(event);
    const events = this.#take(event, kind);
    if (events.length > 0 || kind === "gap") this.#taskId = event.taskId;
    return events;
  }

  #take(event: WireEvent, kind: string): readonly WireEvent[] {
    switch (kind) {
      case "snapshot":
        return this.#takeSnapshot(event);
      case "gap":
        this.#gap = event;
        return [];
      case "error":
      case "end":
        if (this.#gap !== undefined || !this.#isHere(event.cursor)) throw this.#hole(event);
        return [event];
      default:
        return this.#takeNumbered(event);
    }
  }

  #takeSnapshot(event: WireEvent): readonly WireEvent[] {
    const gap = this.#gap;
    const mayMove = this.#snapshots === "always" || gap !== undefined || this.#cursor === "";
    const next = parseCursor(event.cursor);
    if (next === undefined || !(mayMove || event.cursor === this.#cursor)) throw this.#hole(event);
    this.#gap = undefined;
    this.#move(event.cursor, next);
    return gap === undefined ? [event] : [gap, event];
  }

  #takeNumbered(event: WireEvent): readonly WireEvent[] {
    const next = parseCursor(event.cursor);
    const here = this.#here;
    if (next === undefined || this.#gap !== undefined) throw this.#hole(event);
    if (here !== undefined && here.epoch !== next.epoch) throw this.#hole(event);
    const seq = here?.seq ?? 0;
    if (next.seq <= seq) return [];
    if (next.seq !== seq + (event.merged ?? 1)) throw this.#hole(event);
    this.#move(event.cursor, next);
    return [event];
  }

  #move(cursor: string, here: Cursor): void {
    this.#cursor = cursor;
    this.#here = here;
  }

  /** Events without a number repeat the place that the reader has come to. */
  #isHere(cursor: string): boolean {
    return this.#cursor === "" ? (parseCursor(cursor)?.seq ?? 0) === 0 : cursor === this.#cursor;
  }

  #hole(event: WireEvent): Error {
    const place = this.#cursor === "" ? "the first event" : `one after ${this.#cursor}`;
    return cut(`${kindOf(event)} at ${event.cursor} came instead of ${place}`);
  }
}
