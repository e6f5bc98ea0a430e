import { hash } from "node:crypto";
import type { Task_State } from "@smartcall/protocol/proto";
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

/**
 * The words of a place: three of a hash of the key, never 0 the first; the state and some of a hash of the
 * fingerprint; the task's id.
 */
const wordsPerPlace = 8;
const stateAt = 3;
const idAt = 4;
const placeBytes = wordsPerPlace * 4;
const fingerprintMask = 0xff_ffff;

/** Keys are let go a page at a time. */
const maxPages = 16;

/** How full a page gets, beyond which it takes ever longer to find something in it. */
const maxLoad = 0.75;

/** Keys of tasks that ended at about the same time. */
interface Page {
  readonly words: Uint32Array;
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
      const words = new Uint32Array(this.#placesPerPage * wordsPerPlace);
      page = { words, size: 0, newestMs: 0 };
      this.#pages.push(page);
    }
    const { words } = page;
    const keyHash = hashOf(spent.key);
    const at = this.#placeOf(keyHash, words);
    words.set(keyHash, at);
    words[at + stateAt] = (spent.state << 24) | shortHashOf(spent.fingerprint);
    words.set(toWords(spent.taskId), at + idAt);
    page.size++;
    page.newestMs = Math.max(page.newestMs, spent.endMs);
  }

  /** What is known of a key; undefined when it is not one of these. */
  find({ key, fingerprint }: Idempotency): SpentKey | undefined {
    if (this.#pages.length === 0) return undefined;
    const keyHash = hashOf(key);
    for (const { words } of this.#pages) {
      const at = this.#placeOf(keyHash, words);
      if (words[at] === 0) continue;
      const packed = words[at + stateAt] ?? 0;
      return {
        taskId: toUuid(words.subarray(at + idAt, at + wordsPerPlace)),
        state: (packed >>> 24) as Task_State,
        isSameRequest: (packed & fingerprintMask) === shortHashOf(fingerprint),
      };
    }
    return undefined;
  }

  #isPromised(endMs: number, nowMs: number): boolean {
    return nowMs < endMs + this.#keyMs;
  }

  /** Where a key stands, or would: the first free place from where its hash says on. */
  #placeOf([first, second, third]: KeyHash, words: Uint32Array): number {
    let at = (first % this.#placesPerPage) * wordsPerPlace;
    for (;;) {
      const isFree = words[at] === 0;
      const isSame = words[at] === first && words[at + 1] === second && words[at + 2] === third;
      if (isFree || isSame) return at;
      at += wordsPerPlace;
      if (at === words.length) at = 0;
    }
  }
}

type KeyHash = readonly [first: number, second: number, third: number];

function hashOf(key: string): KeyHash {
  const digest = hash("sha256", key, "buffer");
  return [digest.readUInt32LE(0) || 1, digest.readUInt32LE(4), digest.readUInt32LE(8)];
}

function shortHashOf(fingerprint: string): number {
  return hash("sha256", fingerprint, "buffer").readUInt32LE(0) & fingerprintMask;
}

function toWords(uuid: string): number[] {
  const hex = uuid.replaceAll("-", "");
  return [0, 8, 16, 24].map((at) => Number.parseInt(hex.slice(at, at + 8), 16));
}

function toUuid(words: Uint32Array): string {
  const hex = Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
