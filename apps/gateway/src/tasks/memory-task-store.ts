import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { formatCursor, SmartcallError } from "@smartcall/protocol";
import { type Task, TaskEventSchema } from "@smartcall/protocol/proto";
import { applyEvent } from "./apply-event.js";
import { type TaskEventKind, TaskRecord } from "./task-record.js";
import type { Creation, Idempotency, TaskPage, TaskQuery, TaskStore } from "./task-store.js";

/** How much a {@link MemoryTaskStore} keeps. */
export interface MemoryTaskStoreOptions {
  /** Bytes that all tasks may take up; the oldest ended ones go first. Default: 64 MiB. */
  maxBytes?: number;
  /** Milliseconds since the epoch. Default: Date.now. */
  now?: () => number;
}

/** What an object of this kind takes up besides its payload, about. */
const taskOverheadBytes = 1_500;
const eventOverheadBytes = 450;

interface Kept {
  readonly record: TaskRecord;
  readonly index: number;
  readonly idempotencyKey: string | undefined;
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
  readonly #keys = new Map<string, { fingerprint: string; record: TaskRecord }>();
  readonly #maxBytes: number;
  readonly #now: () => number;
  /** Every task by age, with holes where one was forgotten. */
  #byAge: (TaskRecord | undefined)[] = [];
  #firstIndex = 0;
  /** Ended tasks in the order in which they are forgotten, from `#endedHead` on. */
  #ended: TaskRecord[] = [];
  #endedHead = 0;
  #bytes = 0;

  constructor(options: MemoryTaskStoreOptions = {}) {
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
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
    if (existing) return { record: existing, created: false };

    const bytes = payloadBytes + taskOverheadBytes;
    this.#makeRoom(bytes);
    if (this.#bytes + bytes > this.#maxBytes) throw new SmartcallError({ reason: "GATEWAY_FULL" });

    const record = new TaskRecord(task, this.#epoch);
    const index = this.#firstIndex + this.#byAge.length;
    this.#kept.set(task.id, { record, index, idempotencyKey: idempotency?.key });
    this.#byAge.push(record);
    if (idempotency) {
      this.#keys.set(idempotency.key, { fingerprint: idempotency.fingerprint, record });
    }
    this.#grow(record, bytes);
    return { record, created: true };
  }

  async find(id: string): Promise<TaskRecord | undefined> {
    return this.#kept.get(id)?.record;
  }

  async findByIdempotency(idempotency: Idempotency): Promise<TaskRecord | undefined> {
    return this.#lookUp(idempotency);
  }

  async list(query: TaskQuery): Promise<TaskPage> {
    const tasks: Task[] = [];
    const states = query.states?.length ? new Set(query.states) : undefined;
    for (let at = this.#startOf(query.pageToken); at >= 0; at--) {
      const task = this.#byAge[at]?.task;
      if (!task) continue;
      if (query.agent && task.agent !== query.agent) continue;
      if (query.contextId && task.contextId !== query.contextId) continue;
      if (states && !states.has(task.state)) continue;
      if (tasks.length === query.pageSize) {
        return { tasks, nextPageToken: `${this.#epoch}.${this.#firstIndex + at}` };
      }
      tasks.push(task);
    }
    return { tasks, nextPageToken: "" };
  }

  append(record: TaskRecord, kind: TaskEventKind, bytes: number): boolean {
    if (record.ended) return false;
    const { task, events } = record;
    const time = timestampFromMs(this.#now());
    const cursor = formatCursor({ epoch: this.#epoch, seq: events.length + 1 });
    events.push(create(TaskEventSchema, { taskId: task.id, cursor, time, kind }));
    applyEvent(task, kind);
    task.cursor = cursor;
    task.updateTime = time;
    this.#grow(record, bytes + eventOverheadBytes);
    if (record.ended) this.#ended.push(record);
    this.#makeRoom(0);
    record.notify();
    return true;
  }

  #lookUp({ key, fingerprint }: Idempotency): TaskRecord | undefined {
    const entry = this.#keys.get(key);
    if (entry && entry.fingerprint !== fingerprint) {
      throw new SmartcallError({ reason: "IDEMPOTENCY_KEY_REUSED" });
    }
    return entry?.record;
  }

  #grow(record: TaskRecord, bytes: number): void {
    record.bytes += bytes;
    this.#bytes += bytes;
  }

  #makeRoom(bytes: number): void {
    while (this.#bytes + bytes > this.#maxBytes && this.#endedHead < this.#ended.length) {
      const record = this.#ended[this.#endedHead++];
      if (record) this.#forget(record);
    }
    if (this.#endedHead > 1_000 && this.#endedHead * 2 > this.#ended.length) {
      this.#ended = this.#ended.slice(this.#endedHead);
      this.#endedHead = 0;
    }
  }

  #forget(record: TaskRecord): void {
    const kept = this.#kept.get(record.task.id);
    if (!kept) return;
    this.#kept.delete(record.task.id);
    if (kept.idempotencyKey !== undefined) this.#keys.delete(kept.idempotencyKey);
    this.#byAge[kept.index - this.#firstIndex] = undefined;
    this.#bytes -= record.bytes;
    this.#closeGap();
  }

  /** Drops the holes at the old end, once they are most of the list. */
  #closeGap(): void {
    if (this.#byAge.length < 2_000 || this.#kept.size * 2 > this.#byAge.length) return;
    const first = this.#byAge.findIndex((record) => record !== undefined);
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
