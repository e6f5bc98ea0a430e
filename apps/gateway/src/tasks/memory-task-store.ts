import { randomBytes } from "node:crypto";
import { SmartcallError } from "@smartcall/protocol";
import type { Task, Task_State } from "@smartcall/protocol/proto";
import { AgeList } from "./age-list.js";
import { growthOf, isTerminalEvent, type TaskEventKind } from "./apply-event.js";
import { bytesInLog, eventOverheadBytes, MemoryEventLog } from "./memory-event-log.js";
import { seal, unseal } from "./sealed-task.js";
import { TaskRecord } from "./task-record.js";
import type { Creation, Idempotency, TaskPage, TaskQuery, TaskStore } from "./task-store.js";
import { type ShelvedText, TextShelf } from "./text-shelf.js";
import { shortLogBytes, trimLogs } from "./trim-logs.js";

/** How much a {@link MemoryTaskStore} keeps. */
export interface MemoryTaskStoreOptions {
  /** Bytes that all tasks may take up. Default: 32 MiB. */
  maxBytes?: number;
  /** Bytes that one task and its log may take up. Default: 8 MiB. */
  maxTaskBytes?: number;
  /** Milliseconds since the epoch. Default: Date.now. */
  now?: () => number;
}

/** What an object of this kind takes up besides its payload, about; a task with its last event. */
const taskOverheadBytes = 1_500;
const sealedOverheadBytes = 400;

type OpenTask = TaskRecord<MemoryEventLog>;

/** A task in its place: open while it runs or is read, sealed soon after. */
interface Kept {
  readonly id: string;
  readonly agent: string;
  readonly contextId: string;
  /** Its number in the list by age. */
  readonly age: number;
  readonly idempotency: Idempotency | undefined;
  state: Task_State;
  bytes: number;
  content: OpenTask | ShelvedText;
  /** The sealed task as it was opened last, so that all who hold it hold one. */
  opened: WeakRef<OpenTask> | undefined;
  /** Whether it was passed over when it was to be forgotten, because somebody reads it. */
  isPassedOver: boolean;
}

/**
 * Keeps tasks in memory, within a budget of bytes.
 *
 * What goes when the budget is used up, in this order: ended tasks that nobody reads, the one that
 * ended first before the others; the oldest events of the longest logs, of running tasks and of
 * those that are read, whose state stays; then new tasks are refused, and a running task that alone
 * would need more ends. The log of a task that outgrows its own budget loses its oldest events
 * too. A restart forgets everything, which the new epoch says.
 */
export class MemoryTaskStore implements TaskStore {
  readonly #epoch = randomBytes(6).toString("base64url");
  readonly #kept = new Map<string, Kept>();
  readonly #keys = new Map<string, Kept>();
  readonly #maxBytes: number;
  readonly #maxTaskBytes: number;
  readonly #now: () => number;
  readonly #byAge = new AgeList<Kept>();
  /** Ended tasks in the order in which they are forgotten, from `#endedHead` on. */
  #ended: (Kept | undefined)[] = [];
  #endedHead = 0;
  #toSeal: Kept[] = [];
  readonly #shelf = new TextShelf();
  #bytes = 0;
  /** What has come into logs since they were found too short to be cut. */
  #grown = Number.POSITIVE_INFINITY;

  constructor(options: MemoryTaskStoreOptions = {}) {
    this.#maxBytes = options.maxBytes ?? 32 * 1024 * 1024;
    this.#maxTaskBytes = options.maxTaskBytes ?? 8 * 1024 * 1024;
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
    if (!this.#makeRoom(bytes)) throw new SmartcallError({ reason: "GATEWAY_FULL" });

    const { id, agent, contextId, state } = task;
    const record = new TaskRecord(task, new MemoryEventLog(id, this.#epoch), this.#now());
    const kept: Kept = {
      id,
      agent,
      contextId,
      age: this.#byAge.next,
      idempotency,
      state,
      bytes: 0,
      content: record,
      opened: undefined,
      isPassedOver: false,
    };
    this.#kept.set(id, kept);
    this.#byAge.push(kept);
    if (idempotency) this.#keys.set(idempotency.key, kept);
    this.#account(kept, bytes);
    record.stateBytes = bytes;
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
    for (const [kept, age] of this.#byAge.before(this.#startOf(query.pageToken))) {
      if (query.agent && kept.agent !== query.agent) continue;
      if (query.contextId && kept.contextId !== query.contextId) continue;
      if (states && !states.has(kept.state)) continue;
      if (tasks.length === query.pageSize) {
        return { tasks, nextPageToken: `${this.#epoch}.${age}` };
      }
      tasks.push(this.#recordOf(kept).snapshot());
    }
    return { tasks, nextPageToken: "" };
  }

  append(record: TaskRecord, kind: TaskEventKind, payloadBytes: number): boolean {
    if (record.ended) return false;
    const kept = this.#kept.get(record.id);
    if (kept?.content !== record) return false;
    const { content } = kept;
    const isEnd = isTerminalEvent(kind);
    const logBytes = bytesInLog(kind, payloadBytes);
    // The place of the end was paid for when the task was created.
    const stateBytes = isEnd ? -eventOverheadBytes : growthOf(kind, payloadBytes);
    if (!isEnd) this.#assertRoom(kept, content, stateBytes, logBytes);
    content.stateBytes += stateBytes;
    this.#grown += logBytes;
    this.#account(kept, stateBytes + logBytes);
    content.append(kind, this.#now(), payloadBytes);
    kept.state = content.state;
    if (content.ended) this.#onEnd(kept, content);
    return true;
  }

  #assertRoom(kept: Kept, record: OpenTask, stateBytes: number, logBytes: number): void {
    const growth = stateBytes + logBytes;
    const room = this.#maxTaskBytes - record.stateBytes - growth;
    if (room >= 0 && record.log.bytes > room) {
      // A quarter more than it must, so that this is not done for every event.
      this.#account(kept, -record.log.trim(Math.floor(room * 0.75)));
    }
    if (room < 0 || !this.#makeRoom(growth)) {
      throw new SmartcallError({
        reason: "PAYLOAD_TOO_LARGE",
        message: `the task has grown past ${room < 0 ? this.#maxTaskBytes : this.#maxBytes} bytes`,
      });
    }
  }

  #onEnd(kept: Kept, record: OpenTask): void {
    // Nothing has run: the same key may try again.
    if (record.task.error?.retryable) this.#releaseKey(kept);
    this.#ended.push(kept);
    this.#watchReaders(kept, record);
    this.#sealSoon(kept);
  }

  /** Has an ended task stay open while it is read. */
  #watchReaders(kept: Kept, record: OpenTask): void {
    record.onReaders = () => {
      if (this.#kept.get(kept.id) !== kept) return;
      if (record.readers.size > 0) this.#keepOpen(kept, record);
      else {
        if (kept.isPassedOver) this.#ended.push(kept);
        kept.isPassedOver = false;
        this.#sealSoon(kept);
      }
    };
  }

  /** A sealed task that is read stands open in its place, so that all its readers share it. */
  #keepOpen(kept: Kept, record: OpenTask): void {
    const growth = record.bytes - kept.bytes;
    if (kept.content instanceof TaskRecord || !this.#makeRoom(growth)) return;
    if (this.#kept.get(kept.id) !== kept) return;
    kept.content = record;
    this.#grown += record.log.bytes;
    this.#account(kept, growth);
  }

  #sealSoon(kept: Kept): void {
    this.#toSeal.push(kept);
    // Those who wait are answered in this turn; the next one seals.
    if (this.#toSeal.length === 1) setImmediate(() => this.#sealAll());
  }

  #sealAll(): void {
    for (const kept of this.#toSeal.splice(0)) {
      if (!(kept.content instanceof TaskRecord) || this.#kept.get(kept.id) !== kept) continue;
      if (kept.content.readers.size > 0) continue;
      const sealed = seal(kept.content);
      if (sealed === undefined) continue;
      kept.content = this.#shelf.put(sealed);
      this.#account(kept, kept.content.bytes + sealedOverheadBytes - kept.bytes);
    }
  }

  /** The task for somebody who may keep it. */
  #open(kept: Kept): OpenTask {
    const record = this.#recordOf(kept);
    if (record !== kept.content && record !== kept.opened?.deref()) {
      this.#watchReaders(kept, record);
      kept.opened = new WeakRef(record);
    }
    return record;
  }

  #recordOf(kept: Kept): OpenTask {
    if (kept.content instanceof TaskRecord) return kept.content;
    const opened = kept.opened?.deref();
    if (opened) return opened;
    const record = unseal(kept.content.read(), this.#epoch);
    record.stateBytes = taskOverheadBytes - eventOverheadBytes + kept.content.bytes;
    return record;
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

  /** Whether there is room for so much more, once everything that may go has gone. */
  #makeRoom(bytes: number): boolean {
    if (this.#bytes + bytes <= this.#maxBytes) return true;
    this.#forgetEnded(bytes);
    if (this.#bytes + bytes > this.#maxBytes) this.#trimLogs(bytes);
    return this.#bytes + bytes <= this.#maxBytes;
  }

  #forgetEnded(bytes: number): void {
    while (this.#bytes + bytes > this.#maxBytes && this.#endedHead < this.#ended.length) {
      const kept = this.#ended[this.#endedHead];
      this.#ended[this.#endedHead++] = undefined;
      if (!kept) continue;
      if (kept.content instanceof TaskRecord && kept.content.readers.size > 0) {
        kept.isPassedOver = true;
      } else {
        this.#forget(kept);
      }
    }
    if (this.#endedHead > 1_000 && this.#endedHead * 2 > this.#ended.length) {
      this.#ended = this.#ended.slice(this.#endedHead);
      this.#endedHead = 0;
    }
  }

  /**
   * Cuts logs to free more than is missing, since it has to look at all of them; not again before
   * one may be long enough.
   */
  #trimLogs(bytes: number): void {
    if (this.#grown < shortLogBytes) return;
    const byLog = new Map<MemoryEventLog, Kept>();
    for (const kept of this.#kept.values()) {
      if (kept.content instanceof TaskRecord) byLog.set(kept.content.log, kept);
    }
    const missing = this.#bytes + bytes - this.#maxBytes;
    trimLogs([...byLog.keys()], Math.max(missing, this.#maxBytes >> 4), (log, freed) => {
      const kept = byLog.get(log);
      if (kept) this.#account(kept, -freed);
    });
    if (this.#bytes + bytes > this.#maxBytes) this.#grown = 0;
  }

  #forget(kept: Kept): void {
    this.#kept.delete(kept.id);
    this.#releaseKey(kept);
    this.#byAge.delete(kept.age);
    this.#bytes -= kept.bytes;
  }

  #releaseKey(kept: Kept): void {
    const key = kept.idempotency?.key;
    if (key !== undefined && this.#keys.get(key) === kept) this.#keys.delete(key);
  }

  /** The number in the list by age before which a page begins. */
  #startOf(pageToken: string | undefined): number {
    if (!pageToken) return this.#byAge.next;
    const [epoch, digits] = pageToken.split(".");
    if (epoch !== this.#epoch || !digits || !/^\d{1,15}$/.test(digits)) {
      throw new SmartcallError({
        reason: "INVALID_ARGUMENT",
        message: "pageToken is none that this gateway gave",
        errors: [{ pointer: "#/query/pageToken", detail: "expected the nextPageToken of a page" }],
      });
    }
    return Number(digits) + 1;
  }
}
