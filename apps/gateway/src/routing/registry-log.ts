import { randomBytes } from "node:crypto";
import { toBinary } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type RegistryEvent, RegistryEventSchema } from "@smartcall/protocol/proto";

/** What is said of a change of the registry. */
export type RegistryEventKind = Extract<RegistryEvent["kind"], { case: string }>;

/** Changes that are kept for those who come back. */
const maxEvents = 1_000;
const maxBytes = 4 * 1024 * 1024;
const batchEvents = 100;

/** The newest changes of the registry, numbered from 1. A restart begins another epoch. */
export class RegistryLog {
  readonly epoch = randomBytes(6).toString("base64url");
  readonly #now: () => number;
  readonly #events: { event: RegistryEvent; bytes: number }[] = [];
  #last = 0;
  #bytes = 0;
  #isOver = false;
  readonly #listeners = new Set<() => void>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The number of the newest change, 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Whether readers are to end once they have what is known. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Who waits for changes now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  append(kind: RegistryEventKind): void {
    this.#last++;
    const event = this.event(kind, this.#last);
    const { length: bytes } = toBinary(RegistryEventSchema, event);
    this.#events.push({ event, bytes });
    this.#bytes += bytes;
    while (this.#events.length > maxEvents || this.#bytes > maxBytes) {
      this.#bytes -= this.#events.shift()?.bytes ?? this.#bytes;
    }
    this.#tell();
  }

  /** The gateway is going away: readers end. */
  end(): void {
    this.#isOver = true;
    this.#tell();
  }

  /** Some changes after a number; undefined when the next one is no longer kept. */
  read(after: number): RegistryEvent[] | undefined {
    const start = after - (this.#last - this.#events.length);
    if (start < 0 || after > this.#last) return undefined;
    return this.#events.slice(start, start + batchEvents).map(({ event }) => event);
  }

  /** An event at a place; not appended. */
  event(kind: RegistryEventKind, seq: number): RegistryEvent {
    return {
      $typeName: "smartcall.v1.RegistryEvent",
      cursor: `${this.epoch}.${seq}`,
      time: timestampFromMs(this.#now()),
      kind,
    };
  }

  /** Calls `listener` after every change, and the end, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
