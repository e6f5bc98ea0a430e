import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { TaskEvent } from "@smartcall/protocol/proto";
import type { TaskEventKind } from "./apply-event.js";
import type { EventLog, LogBatch, LogQuery } from "./event-log.js";

/** What an event takes up besides its payload, about. */
export const eventOverheadBytes = 450;

/** The same of a piece of text: 5 characters, which the task has too, were 49 bytes of heap. */
const deltaOverheadBytes = 40;

/** What an event is besides its payload once it is written, about. */
const writtenOverheadBytes = 240;

/** The oldest events are dropped a block at a time. */
const blockEvents = 128;
const blockBytes = 16 * 1024;

/** An event that is no plain piece of text. */
interface Entry {
  readonly kind: TaskEventKind;
  readonly timeMs: number;
  readonly bytes: number;
}

/** Some events that follow one another; a piece of text is kept as nothing but that. */
interface Block {
  /** The number of its first event. */
  readonly first: number;
  readonly firstMs: number;
  /** What the events before it took up. */
  readonly bytesBefore: number;
  bytes: number;
  readonly items: (string | Entry)[];
  /** How long after `firstMs` each piece of text came; absent while there is none. */
  lags: number[] | undefined;
}

/** What an event takes up in a {@link MemoryEventLog}. */
export function bytesInLog(kind: TaskEventKind, payloadBytes: number): number {
  const text = plainText(kind);
  return text === undefined ? payloadBytes + eventOverheadBytes : bytesOfText(text);
}

/** Keeps a task's events in memory. */
export class MemoryEventLog implements EventLog {
  readonly epoch: string;
  readonly #taskId: string;
  readonly #blocks: Block[] = [];
  #last = 0;
  #lastMs = 0;
  #bytesWritten = 0;
  #bytesDropped = 0;
  #listeners: Set<() => void> | undefined;

  constructor(taskId: string, epoch: string) {
    this.#taskId = taskId;
    this.epoch = epoch;
  }

  get first(): number {
    return this.#blocks[0]?.first ?? this.#last + 1;
  }

  get last(): number {
    return this.#last;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  get bytes(): number {
    return this.#bytesWritten - this.#bytesDropped;
  }

  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  bytesUpTo(seq: number): number {
    if (seq >= this.#last) return this.#bytesWritten;
    const at = this.#blockAt(seq + 1);
    const block = at === undefined ? undefined : this.#blocks[at];
    if (!block) return this.#bytesDropped;
    let bytes = block.bytesBefore;
    for (let index = 0; index <= seq - block.first; index++) bytes += bytesOf(block.items[index]);
    return bytes;
  }

  append(kind: TaskEventKind, timeMs: number, payloadBytes: number): number {
    const text = plainText(kind);
    const bytes = text === undefined ? payloadBytes + eventOverheadBytes : bytesOfText(text);
    const block = this.#openBlock(timeMs);
    if (text !== undefined) {
      block.lags ??= new Array<number>(block.items.length).fill(0);
      block.lags.push(timeMs - block.firstMs);
      block.items.push(text);
    } else {
      block.lags?.push(0);
      block.items.push({ kind, timeMs, bytes });
    }
    block.bytes += bytes;
    this.#bytesWritten += bytes;
    this.#lastMs = timeMs;
    this.#last++;
    if (this.#listeners) for (const listener of this.#listeners) listener();
    return this.#last;
  }

  read({ after, maxBytes, mergeLength }: LogQuery): LogBatch | undefined {
    let at = this.#blockAt(after + 1);
    if (at === undefined) return undefined;
    const events: TaskEvent[] = [];
    let seq = after;
    let bytes = 0;
    let room = maxBytes;
    for (let block = this.#blocks[at]; block; block = this.#blocks[++at]) {
      const { items, first } = block;
      let index = seq + 1 - first;
      for (let item = items[index]; item !== undefined; item = items[index]) {
        const size = bytesOf(item);
        room -= writtenOverheadBytes + size;
        if (room < 0 && events.length > 0) return { events, last: seq, bytes };
        bytes += size;
        let joined = item;
        for (index++; typeof joined === "string"; index++) {
          const next = items[index];
          if (typeof next !== "string" || joined.length + next.length > mergeLength) break;
          bytes += bytesOf(next);
          room -= next.length;
          joined += next;
        }
        const merged = first + index - 1 - seq;
        seq += merged;
        events.push(this.#event(seq, joined, merged, block));
      }
    }
    return { events, last: seq, bytes };
  }

  /** Every event kept, in order, until `visit` says false; a piece of text as that. */
  every(visit: (item: string | TaskEventKind, timeMs: number) => boolean): boolean {
    for (const { items, lags, firstMs } of this.#blocks) {
      for (let index = 0; index < items.length; index++) {
        const item = items[index];
        if (item === undefined) continue;
        const goesOn =
          typeof item === "string"
            ? visit(item, firstMs + (lags?.[index] ?? 0))
            : visit(item.kind, item.timeMs);
        if (!goesOn) return false;
      }
    }
    return true;
  }

  /**
   * Drops the oldest events until the rest takes up no more than this, unless that left less than
   * what is needed; answers what that freed.
   */
  trim(maxBytes: number, neededBytes = 0): number {
    let freed = 0;
    while (this.bytes > maxBytes) {
      const [oldest] = this.#blocks;
      if (!oldest || this.bytes - oldest.bytes < neededBytes) break;
      this.#blocks.shift();
      this.#bytesDropped += oldest.bytes;
      freed += oldest.bytes;
    }
    return freed;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
    return () => this.#listeners?.delete(listener);
  }

  #openBlock(timeMs: number): Block {
    const newest = this.#blocks.at(-1);
    if (newest && newest.items.length < blockEvents && newest.bytes < blockBytes) return newest;
    const block: Block = {
      first: this.#last + 1,
      firstMs: timeMs,
      bytesBefore: this.#bytesWritten,
      bytes: 0,
      items: [],
      lags: undefined,
    };
    this.#blocks.push(block);
    return block;
  }

  /** Where the block stands that has the event of a number. */
  #blockAt(seq: number): number | undefined {
    if (seq > this.#last) return undefined;
    let low = 0;
    let high = this.#blocks.length - 1;
    // Most readers keep up.
    if (seq >= (this.#blocks[high]?.first ?? 0)) low = high;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#blocks[middle]?.first ?? 0) <= seq) low = middle;
      else high = middle - 1;
    }
    return seq >= (this.#blocks[low]?.first ?? Number.POSITIVE_INFINITY) ? low : undefined;
  }

  #event(seq: number, item: string | Entry, merged: number, block: Block): TaskEvent {
    const isText = typeof item === "string";
    const timeMs = isText ? block.firstMs + (block.lags?.[seq - block.first] ?? 0) : item.timeMs;
    const event: TaskEvent = {
      $typeName: "smartcall.v1.TaskEvent",
      taskId: this.#taskId,
      cursor: `${this.epoch}.${seq}`,
      time: timestampOf(timeMs),
      kind: isText
        ? {
            case: "outputDelta",
            value: { $typeName: "smartcall.v1.TaskEvent.OutputDelta", text: item },
          }
        : item.kind,
    };
    if (merged > 1) event.merged = merged;
    return event;
  }
}

/** A literal: `create` costs several times as much, and every event has one. */
export function timestampOf(ms: number): Timestamp {
  const seconds = Math.floor(ms / 1_000);
  return {
    $typeName: "google.protobuf.Timestamp",
    seconds: BigInt(seconds),
    nanos: (ms - seconds * 1_000) * 1_000_000,
  };
}

/** The text of an event that is nothing else. */
function plainText(kind: TaskEventKind): string | undefined {
  return kind.case === "outputDelta" && kind.value.$unknown === undefined
    ? kind.value.text
    : undefined;
}

/** UTF-8 is as long as what an engine keeps, or longer. */
function bytesOfText(text: string): number {
  return Buffer.byteLength(text) + deltaOverheadBytes;
}

function bytesOf(item: string | Entry | undefined): number {
  if (item === undefined) return 0;
  return typeof item === "string" ? bytesOfText(item) : item.bytes;
}
