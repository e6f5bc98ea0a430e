import { randomBytes } from "node:crypto";
import { SmartcallError } from "@smartcall/protocol";
import type { Task } from "@smartcall/protocol/proto";
import { AgeList } from "./age-list.js";
import { growthOf, isTerminal, isTerminalEvent, type TaskEventKind } from "./apply-event.js";
import { Fifo } from "./fifo.js";
import { IdempotencyKeys } from "./idempotency-keys.js";
import { isReadInVain, type KeptTask, type OpenTask } from "./kept-task.js";
import { bytesInLog, eventOverheadBytes, MemoryEventLog } from "./memory-event-log.js";
import { readPageToken } from "./read-page-token.js";
import { seal, unseal } from "./sealed-task.js";
import { farBehindBytes } from "./task-reader.js";
import { TaskRecord } from "./task-record.js";
import type { Creation, Idempotency, TaskPage, TaskQuery, TaskStore } from "./task-store.js";
import { TextShelf } from "./text-shelf.js";
import { type TrimmedLog, trimLogs } from "./trim-logs.js";
import { type TrimManner, TrimPace } from "./trim-pace.js";

/** How much a {@link MemoryTaskStore} keeps. */
export interface MemoryTaskStoreOptions {
  /** Bytes that all tasks may take up. Default: 32 MiB. */
  maxBytes?: number;
  /** Bytes that one task and its log may take up. Default: 8 MiB. */
  maxTaskBytes?: number;
  /** How long an idempotency key stands for its task after the task's end, at least. Default: 2 min. */
  keyMs?: number;
  /** Bytes that the keys of tasks that are no longer kept may take up. Default: 64 MiB. */
  maxKeyBytes?: number;
  /** Milliseconds since the epoch. Default: Date.now. */
  now?: () => number;
}

/** What an object of this kind takes up besides its payload, about; a task with its last event. */
const taskOverheadBytes = 1_500;
const sealedOverheadBytes = 400;

/** However many tasks there are, each may be so far ahead of its readers. */
const leastLeadBytes = 8 * 1024;

/**
 * Of what a reader that keeps taking has yet to take, the newest so many bytes stay in any case: some thirty
 * events, which a reader may be behind when the machine was busy for a second.
 */
const leastNeededBytes = 16 * 1024;

/** How long an ended task is kept before others for a reader that was cut off. */
const comebackMs = 30_000;

/**
 * Keeps tasks in memory, within a budget of bytes.
 *
 * What goes when the budget is used up, in this order: ended tasks that nobody reads, the one that
 * ended first before the others, but not their idempotency keys before their time; the oldest events of
 * the longest logs, but nothing that a reader is about to take; then new tasks are refused, and running
 * ones end: those whose readers take nothing, the largest first, and at last the largest of all. The log
 * of a task that outgrows its own budget loses its oldest events too. A restart forgets everything, which
 * the new epoch says.
 */
export class MemoryTaskStore implements TaskStore {
  readonly #epoch = randomBytes(3).toString("base64url");
  readonly #kept = new Map<string, KeptTask>();
  readonly #keys: IdempotencyKeys;
  readonly #maxBytes: number;
  readonly #maxTaskBytes: number;
  readonly #now: () => number;
  readonly #byAge = new AgeList<KeptTask>();
  /** Ended tasks in the order in which they are forgotten. */
  readonly #ended = new Fifo<KeptTask>();
  /** Those that were passed over because a reader may come back for the rest. */
  readonly #awaited = new Fifo<KeptTask>();
  #toSeal: KeptTask[] = [];
  readonly #shelf = new TextShelf();
  #bytes = 0;
  /** Tasks that have not ended. */
  #atWork = 0;
  #bytesAtWork = 0;
  readonly #pace = new TrimPace();

  constructor(options: MemoryTaskStoreOptions = {}) {
    this.#maxBytes = options.maxBytes ?? 32 * 1024 * 1024;
    this.#maxTaskBytes = options.maxTaskBytes ?? 8 * 1024 * 1024;
    this.#now = options.now ?? Date.now;
    const { keyMs = 120_000, maxKeyBytes = 64 * 1024 * 1024 } = options;
    this.#keys = new IdempotencyKeys({ maxBytes: maxKeyBytes, keyMs });
  }

  get bytes(): number {
    return this.#bytes;
  }

  get use(): number {
    return this.#bytesAtWork / this.#maxBytes;
  }

  get leadBytes(): number {
    // What an agent is ahead is in its task's log and in its answer.
    const share = this.#maxBytes / 8 / this.#atWork;
    return Math.min(farBehindBytes, Math.max(leastLeadBytes, share));
  }

  get size(): number {
    return this.#kept.size;
  }

  async create(task: Task, payloadBytes: number, idempotency?: Idempotency): Promise<Creation> {
    const existing = idempotency && this.#keys.find(idempotency);
    if (existing) return { record: this.#open(existing), created: false };
    if (idempotency) this.#keys.assertRoom(this.#now());

    const bytes = payloadBytes + taskOverheadBytes;
    if (!this.#makeRoom(bytes)) throw new SmartcallError({ reason: "GATEWAY_FULL" });

    const { id, agent, contextId, state } = task;
    const record = new TaskRecord(task, new MemoryEventLog(id, this.#epochOf(id)), this.#now());
    const kept: KeptTask = {
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
      interruptedMs: 0,
      endMs: 0,
    };
    this.#kept.set(id, kept);
    this.#atWork++;
    this.#byAge.push(kept);
    this.#keys.take(kept);
    this.#account(kept, bytes);
    record.stateBytes = bytes;
    return { record, created: true };
  }

  async find(id: string): Promise<TaskRecord | undefined> {
    const kept = this.#kept.get(id);
    return kept && this.#open(kept);
  }

  async findByIdempotency(idempotency: Idempotency): Promise<TaskRecord | undefined> {
    const kept = this.#keys.find(idempotency);
    return kept && this.#open(kept);
  }

  async list(query: TaskQuery): Promise<TaskPage> {
    const tasks: Task[] = [];
    const start = readPageToken(query.pageToken, { epoch: this.#epoch, first: this.#byAge.next });
    const states = query.states?.length ? new Set(query.states) : undefined;
    for (const [kept, age] of this.#byAge.before(start)) {
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
    this.#pace.grow(logBytes);
    this.#account(kept, stateBytes + logBytes);
    content.append(kind, this.#now(), payloadBytes);
    kept.state = content.state;
    if (content.ended) this.#onEnd(kept, content);
    return true;
  }

  #assertRoom(kept: KeptTask, record: OpenTask, stateBytes: number, logBytes: number): void {
    const growth = stateBytes + logBytes;
    const room = this.#maxTaskBytes - record.stateBytes - growth;
    if (room >= 0 && record.log.bytes > room) {
      // A quarter more than it must, so that this is not done for every event.
      this.#account(kept, -record.log.trim(Math.floor(room * 0.75)));
    }
    if (room < 0 || !(this.#makeRoom(growth) || this.#haveOthersPay(kept, growth))) {
      throw new SmartcallError({
        reason: "PAYLOAD_TOO_LARGE",
        message: `the task has grown past ${room < 0 ? this.#maxTaskBytes : this.#maxBytes} bytes`,
      });
    }
  }

  /**
   * Frees what tasks at work take up, when nothing else is left: those go first whose readers take
   * nothing, then the largest. False when the one that grows is that itself.
   */
  #haveOthersPay(growing: KeptTask, bytes: number): boolean {
    while (this.#isShortOf(bytes)) {
      const stalled = this.#largest(isReadInVain);
      if (stalled === undefined) break;
      if (stalled === growing || !this.#end(stalled)) return false;
    }
    this.#trimLogs(bytes, "ruthless");
    while (this.#isShortOf(bytes)) {
      const largest = this.#largest(({ work }) => work !== undefined);
      if (largest === undefined || largest === growing || !this.#end(largest)) return false;
    }
    return true;
  }

  #onEnd(kept: KeptTask, record: OpenTask): void {
    this.#atWork--;
    this.#bytesAtWork -= kept.bytes;
    // Nothing has run: the same key may try again.
    if (record.task.error?.retryable) this.#keys.release(kept);
    kept.interruptedMs = record.interruptedMs;
    kept.endMs = record.log.lastMs;
    this.#ended.push(kept);
    this.#watchReaders(kept, record);
    this.#sealSoon(kept);
  }

  /** Has an ended task stay open while it is read. */
  #watchReaders(kept: KeptTask, record: OpenTask): void {
    record.onReaders = () => {
      if (this.#kept.get(kept.id) !== kept) return;
      kept.interruptedMs = record.interruptedMs;
      if (record.readers.size > 0) this.#keepOpen(kept, record);
      else {
        if (kept.isPassedOver) this.#ended.push(kept);
        kept.isPassedOver = false;
        this.#sealSoon(kept);
      }
    };
  }

  /** A sealed task that is read stands open in its place, so that all its readers share it. */
  #keepOpen(kept: KeptTask, record: OpenTask): void {
    const growth = record.bytes - kept.bytes;
    if (kept.content instanceof TaskRecord || !this.#makeRoom(growth)) return;
    if (this.#kept.get(kept.id) !== kept) return;
    kept.content = record;
    this.#pace.grow(record.log.bytes);
    this.#account(kept, growth);
  }

  #sealSoon(kept: KeptTask): void {
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
  #open(kept: KeptTask): OpenTask {
    const record = this.#recordOf(kept);
    if (record !== kept.content && record !== kept.opened?.deref()) {
      this.#watchReaders(kept, record);
      kept.opened = new WeakRef(record);
    }
    return record;
  }

  #recordOf(kept: KeptTask): OpenTask {
    if (kept.content instanceof TaskRecord) return kept.content;
    const opened = kept.opened?.deref();
    if (opened) return opened;
    const record = unseal(kept.content.read(), this.#epochOf(kept.id));
    record.stateBytes = taskOverheadBytes - eventOverheadBytes + kept.content.bytes;
    return record;
  }

  /** The epoch of a task's log: a cursor of one task is no place in another's. */
  #epochOf(id: string): string {
    return this.#epoch + id.slice(-6);
  }

  #account(kept: KeptTask, bytes: number): void {
    kept.bytes += bytes;
    this.#bytes += bytes;
    if (!isTerminal(kept.state)) this.#bytesAtWork += bytes;
  }

  #isShortOf(bytes: number): boolean {
    return this.#bytes + bytes > this.#maxBytes;
  }

  /** Whether there is room for so much more, once everything has gone that nobody waits for. */
  #makeRoom(bytes: number): boolean {
    if (this.#isShortOf(bytes)) this.#forgetEnded(bytes, this.#ended);
    if (this.#isShortOf(bytes)) this.#trimLogs(bytes, "sparing");
    if (this.#isShortOf(bytes)) this.#forgetEnded(bytes, this.#awaited);
    return !this.#isShortOf(bytes);
  }

  #forgetEnded(bytes: number, from: Fifo<KeptTask>): void {
    const awaitedMs = Date.now() - comebackMs;
    while (this.#isShortOf(bytes)) {
      const kept = from.shift();
      if (!kept) return;
      if (kept.content instanceof TaskRecord && kept.content.readers.size > 0) {
        kept.isPassedOver = true;
      } else if (from === this.#ended && kept.interruptedMs > awaitedMs) {
        this.#awaited.push(kept);
      } else {
        this.#forget(kept);
      }
    }
  }

  /**
   * Cuts logs to free more than is missing, since it has to look at all of them; not again before
   * one may be long enough. `sparing` leaves what readers that keep taking have yet to take, `ruthless`
   * the newest of it.
   */
  #trimLogs(bytes: number, manner: TrimManner): void {
    if (!this.#isShortOf(bytes) || !this.#pace.isWorthTrying(manner)) return;
    const byLog = new Map<MemoryEventLog, KeptTask>();
    const logs: TrimmedLog<MemoryEventLog>[] = [];
    for (const kept of this.#kept.values()) {
      if (!(kept.content instanceof TaskRecord)) continue;
      const { log, neededBytes } = kept.content;
      byLog.set(log, kept);
      const isSparing = manner === "sparing";
      logs.push({
        log,
        neededBytes: isSparing ? neededBytes : Math.min(neededBytes, leastNeededBytes),
      });
    }
    const missing = this.#bytes + bytes - this.#maxBytes;
    trimLogs(logs, Math.max(missing, this.#maxBytes >> 4), (log, freed) => {
      const kept = byLog.get(log);
      if (kept) this.#account(kept, -freed);
    });
    if (this.#isShortOf(bytes)) this.#pace.fail(manner);
  }

  /** The largest of the open tasks that are meant. */
  #largest(isMeant: (record: OpenTask) => boolean): KeptTask | undefined {
    let largest: KeptTask | undefined;
    for (const kept of this.#kept.values()) {
      if (largest && kept.bytes <= largest.bytes) continue;
      if (kept.content instanceof TaskRecord && isMeant(kept.content)) largest = kept;
    }
    return largest;
  }

  /** Ends a task for want of memory and keeps it no longer; false when it does not end. */
  #end(kept: KeptTask): boolean {
    const record = this.#recordOf(kept);
    record.work?.cancel({
      reason: "PAYLOAD_TOO_LARGE",
      message: `all tasks have grown past ${this.#maxBytes} bytes, and this one had to make room`,
    });
    if (!record.ended) return false;
    this.#forget(kept);
    // The others read the end; these would keep the task for themselves.
    for (const reader of [...record.readers]) if (reader.isStalled) reader.letGo();
    return true;
  }

  #forget(kept: KeptTask): void {
    if (!this.#kept.delete(kept.id)) return;
    this.#keys.spend(kept, this.#now());
    this.#byAge.delete(kept.age);
    this.#bytes -= kept.bytes;
  }
}
