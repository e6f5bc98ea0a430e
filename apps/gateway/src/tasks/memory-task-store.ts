import { randomBytes } from "node:crypto";
import { SmartcallError } from "@smartcall/protocol";
import type { Task, Task_State } from "@smartcall/protocol/proto";
import type { TaskEventKind } from "./apply-event.js";
import { seal, unseal } from "./sealed-task.js";
import { TaskRecord } from "./task-record.js";
import type { Creation, Idempotency, TaskPage, TaskQuery, TaskStore } from "./task-store.js";
import { type ShelvedText, TextShelf } from "./text-shelf.js";

/** How much a {@link MemoryTaskStore} keeps. */
export interface MemoryTaskStoreOptions {
  /** Bytes that all tasks may take up; the oldest ended ones go first. Default: 32 MiB. */
  maxBytes?: number;
  /** Milliseconds since the epoch. Default: Date.now. */
  now?: () => number;
}

/** What an object of this kind takes up besides its payload, about. */
const taskOverheadBytes = 1_500;
const eventOverheadBytes = 450;
const sealedOverheadBytes = 400;

/** A task in its place: open while it runs, sealed soon after it has ended. */
interface Kept {
  readonly id: string;
  readonly agent: string;
  readonly contextId: string;
  readonly index: number;
  readonly idempotency: Idempotency | undefined;
  state: Task_State;
  bytes: number;
  content: TaskRecord | ShelvedText;
}

/**
 * Keeps tasks in memory, within a budget of bytes.
 *
 * Over the budget the tasks that ended first are forgotten first; running tasks never are. When
 * running tasks alone fill the budget, new ones are refused. A restart forgets everything, which
 * the new epoch says.
 */
export class MemoryTaskStore implements TaskStore {
  readonly #epoch = randomBytes(6).toString("base64url");
  readonly #kept = new Map<string, Kept>();
  readonly #keys = new Map<string, Kept>();
  readonly #maxBytes: number;
  readonly #now: () => number;
  /** Every task by age, with holes where one was forgotten. */
  #byAge: (Kept | undefined)[] = [];
  #firstIndex = 0;
  /** Ended tasks in the order in which they are forgotten, from `#endedHead` on. */
  #ended: (Kept | undefined)[] = [];
  #endedHead = 0;
  #toSeal: Kept[] = [];
  readonly #shelf = new TextShelf();
  #bytes = 0;

  constructor(options: MemoryTaskStoreOptions = {}) {
    this.#maxBytes = options.maxBytes ?? 32 * 1024 * 1024;
    this.#now = options.now ?? Date.now;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#kept.size;
  }

  async create(task: Task, payloadBytes: number, idempotency?: Idempotency): Promise<Creation> {
    const existing = idempotency && this.#lookUp(idempotency);
    if (existing) return { record: this.#open(existing), created: false };

    const bytes = payloadBytes + taskOverheadBytes;
    this.#makeRoom(bytes);
    if (this.#bytes + bytes > this.#maxBytes) throw new SmartcallError({ reason: "GATEWAY_FULL" });

    const record = new TaskRecord(task, this.#epoch, this.#now());
    const { id, agent, contextId, state } = task;
    const index = this.#firstIndex + this.#byAge.length;
    const kept = { id, agent, contextId, index, idempotency, state, bytes: 0, content: record };
    this.#kept.set(id, kept);
    this.#byAge.push(kept);
    if (idempotency) this.#keys.set(idempotency.key, kept);
    this.#account(kept, bytes);
    record.bytes = bytes;
    return { record, created: true };
  }

  async find(id: string): Promise<TaskRecord | undefined> {
    const kept = this.#kept.get(id);
    return kept && this.#open(kept);
  }

  async findByIdempotency(idempotency: Idempotency): Promise<TaskRecord | undefined> {
    const kept = this.#lookUp(idempotency);
    return kept && this.#open(kept);
  }

  async list(query: TaskQuery): Promise<TaskPage> {
    const tasks: Task[] = [];
    const states = query.states?.length ? new Set(query.states) : undefined;
    for (let at = this.#startOf(query.pageToken); at >= 0; at--) {
      const kept = this.#byAge[at];
      if (!kept) continue;
      if (query.agent && kept.agent !== query.agent) continue;
      if (query.contextId && kept.contextId !== query.contextId) continue;
      if (states && !states.has(kept.state)) continue;
      if (tasks.length === query.pageSize) {
        return { tasks, nextPageToken: `${this.#epoch}.${this.#firstIndex + at}` };
      }
      tasks.push(this.#open(kept).snapshot());
    }
    return { tasks, nextPageToken: "" };
  }

  append(record: TaskRecord, kind: TaskEventKind, payloadBytes: number): boolean {
    if (record.ended) return false;
    const kept = this.#kept.get(record.task.id);
    if (!kept) return false;
    record.append(kind, this.#now());
    const bytes = payloadBytes + eventOverheadBytes;
    record.bytes += bytes;
    this.#account(kept, bytes);
    kept.state = record.task.state;
    if (record.ended) {
      // Nothing has run: the same key may try again.
      if (record.task.error?.retryable) this.#releaseKey(kept);
      this.#onEnd(kept);
    }
    this.#makeRoom(0);
    record.notify();
    return true;
  }

  #onEnd(kept: Kept): void {
    this.#ended.push(kept);
    this.#toSeal.push(kept);
    // Those who wait are answered in this turn; the next one seals.
    if (this.#toSeal.length === 1) setImmediate(() => this.#sealAll());
  }

  #sealAll(): void {
    for (const kept of this.#toSeal.splice(0)) {
      if (!(kept.content instanceof TaskRecord) || this.#kept.get(kept.id) !== kept) continue;
      const sealed = seal(kept.content);
      if (sealed === undefined) continue;
      kept.content = this.#shelf.put(sealed);
      this.#account(kept, kept.content.bytes + sealedOverheadBytes - kept.bytes);
    }
  }

  #open({ content }: Kept): TaskRecord {
    return content instanceof TaskRecord ? content : unseal(content.read(), this.#epoch);
  }

  #lookUp({ key, fingerprint }: Idempotency): Kept | undefined {
    const kept = this.#keys.get(key);
    if (kept && kept.idempotency?.fingerprint !== fingerprint) {
      throw new SmartcallError({ reason: "IDEMPOTENCY_KEY_REUSED" });
    }
    return kept;
  }

  #account(kept: Kept, bytes: number): void {
    kept.bytes += bytes;
    this.#bytes += bytes;
  }

  #makeRoom(bytes: number): void {
    while (this.#bytes + bytes > this.#maxBytes && this.#endedHead < this.#ended.length) {
      const kept = this.#ended[this.#endedHead];
      this.#ended[this.#endedHead++] = undefined;
      if (kept) this.#forget(kept);
    }
    if (this.#endedHead > 1_000 && this.#endedHead * 2 > this.#ended.length) {
      this.#ended = this.#ended.slice(this.#endedHead);
      this.#endedHead = 0;
    }
  }

  #forget(kept: Kept): void {
    this.#kept.delete(kept.id);
    this.#releaseKey(kept);
    this.#byAge[kept.index - this.#firstIndex] = undefined;
    this.#bytes -= kept.bytes;
    this.#closeGap();
  }

  #releaseKey(kept: Kept): void {
    const key = kept.idempotency?.key;
    if (key !== undefined && this.#keys.get(key) === kept) this.#keys.delete(key);
  }

  /** Drops the holes at the old end, once they are most of the list. */
  #closeGap(): void {
    if (this.#byAge.length < 2_000 || this.#kept.size * 2 > this.#byAge.length) return;
    const first = this.#byAge.findIndex((kept) => kept !== undefined);
    if (first * 4 < this.#byAge.length) return;
    this.#byAge = this.#byAge.slice(first);
    this.#firstIndex += first;
  }

  #startOf(pageToken: string | undefined): number {
    if (!pageToken) return this.#byAge.length - 1;
    const [epoch, digits] = pageToken.split(".");
    if (epoch !== this.#epoch || !digits || !/^\d{1,15}$/.test(digits)) {
      throw new SmartcallError({
        reason: "INVALID_ARGUMENT",
        message: "pageToken is none that this gateway gave",
        errors: [{ pointer: "#/query/pageToken", detail: "expected the nextPageToken of a page" }],
      });
    }
    return Math.min(Number(digits) - this.#firstIndex, this.#byAge.length - 1);
  }
}
