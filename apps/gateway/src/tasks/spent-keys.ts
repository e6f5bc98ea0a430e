import { hash } from "node:crypto";
import { Task_State } from "@smartcall/protocol/proto";
import type { Idempotency } from "./task-store.js";

/** What a {@link SpentKeys} is made of. */
export interface SpentKeysOptions {
  /** Bytes that the keys may take up. */
  maxBytes: number;
  /** How long a key is kept after the end of its task, at least. */
  keyMs: number;
}

/** A task that is no longer kept, as its key remembers it. */
export interface SpentKey {
  readonly taskId: string;
  /** How the task ended. */
  readonly state: Task_State;
  /** Whether the key was used with the same request. */
  readonly isSameRequest: boolean;
}

/** The parts of a place: a hash of the key, some of a hash of the fingerprint, the state, the task's id. */
const keyBytes = 12;
const fingerprintBytes = 3;
const stateAt = keyBytes + fingerprintBytes;
const idAt = stateAt + 1;
const placeBytes = idAt + 16;

/** Keys are let go a page at a time. */
const maxPages = 16;

/** How full a page gets, beyond which it takes ever longer to find something in it. */
const maxLoad = 0.75;

/** Keys of tasks that ended at about the same time. */
interface Page {
  readonly places: Buffer;
  size: number;
  /** When the last of their tasks ended. */
  newestMs: number;
}

/**
 * The idempotency keys of tasks that are no longer kept, so that none of them runs again.
 *
 * A key takes up about 43 bytes, outside the collector's reach. It is kept for its promised life after its
 * task's end, and a little longer: as long as others that came into memory with it.
 */
export class SpentKeys {
  readonly #keyMs: number;
  readonly #placesPerPage: number;
  readonly #keysPerPage: number;
  /** The oldest first. */
  readonly #pages: Page[] = [];

  constructor({ maxBytes, keyMs }: SpentKeysOptions) {
    this.#keyMs = keyMs;
    this.#placesPerPage = Math.max(2, Math.floor(maxBytes / maxPages / placeBytes));
    this.#keysPerPage = Math.floor(this.#placesPerPage * maxLoad);
  }

  /** Whether there are places for so many more, once those have gone whose time is over. */
  hasRoomFor(keys: number, nowMs: number): boolean {
    while (this.#pages[0] && !this.#isPromised(this.#pages[0].newestMs, nowMs)) this.#pages.shift();
    const newest = this.#pages.at(-1);
    const inNewest = newest ? this.#keysPerPage - newest.size : 0;
    return keys <= inNewest + (maxPages - this.#pages.length) * this.#keysPerPage;
  }

  /** Remembers a key, unless its time is over; there must be room for it. */
  add(
    spent: Idempotency & { taskId: string; state: Task_State; endMs: number },
    nowMs: number,
  ): void {
    if (!this.#isPromised(spent.endMs, nowMs)) return;
    let page = this.#pages.at(-1);
    if (!page || page.size >= this.#keysPerPage) {
      page = { places: Buffer.alloc(this.#placesPerPage * placeBytes), size: 0, newestMs: 0 };
      this.#pages.push(page);
    }
    const { places } = page;
    const keyHash = hash("sha256", spent.key, "buffer");
    const at = this.#placeOf(keyHash, places);
    places.set(keyHash.subarray(0, keyBytes), at);
    places.set(
      hash("sha256", spent.fingerprint, "buffer").subarray(0, fingerprintBytes),
      at + keyBytes,
    );
    places[at + stateAt] = spent.state;
    places.write(spent.taskId.replaceAll("-", ""), at + idAt, "hex");
    page.size++;
    page.newestMs = Math.max(page.newestMs, spent.endMs);
  }

  /** What is known of a key; undefined when it is not one of these. */
  find({ key, fingerprint }: Idempotency): SpentKey | undefined {
    if (this.#pages.length === 0) return undefined;
    const keyHash = hash("sha256", key, "buffer");
    for (const { places } of this.#pages) {
      const at = this.#placeOf(keyHash, places);
      const state = places[at + stateAt] as Task_State | undefined;
      if (!state) continue;
      const used = places.subarray(at + keyBytes, at + stateAt);
      const given = hash("sha256", fingerprint, "buffer").subarray(0, fingerprintBytes);
      const taskId = toUuid(places.toString("hex", at + idAt, at + placeBytes));
      return { taskId, state, isSameRequest: used.equals(given) };
    }
    return undefined;
  }

  #isPromised(endMs: number, nowMs: number): boolean {
    return nowMs < endMs + this.#keyMs;
  }

  /** Where a key stands, or would: the first free place from where its hash says on. */
  #placeOf(keyHash: Buffer, places: Buffer): number {
    let place = keyHash.readUInt32LE(0) % this.#placesPerPage;
    for (;;) {
      const at = place * placeBytes;
      const isFree = places[at + stateAt] === Task_State.UNSPECIFIED;
      if (isFree || keyHash.compare(places, at, at + keyBytes, 0, keyBytes) === 0) return at;
      place = (place + 1) % this.#placesPerPage;
    }
  }
}

function toUuid(hex: string): string {
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((cut, index) => hex.slice(cuts[index], cut))
    .join("-");
}
