import type { Cancellation } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import type { Message } from "@smartcall/protocol/proto";
import type { Reservation, Router } from "../routing/router.js";
import type { OnDisconnect } from "./on-disconnect.js";
import { RunningTask } from "./running-task.js";
import { createTask, type TaskDraft } from "./task-draft.js";
import { isSettled, type TaskRecord } from "./task-record.js";
import type { Idempotency, TaskStore } from "./task-store.js";
import { whyGone } from "./why-gone.js";

/** What a {@link TaskEngine} works with. */
export interface TaskEngineOptions {
  store: TaskStore;
  router: Router;
  /** How long a call may run when its caller does not say. */
  defaultTimeoutMs: number;
  /** How long a CANCEL_AFTER_GRACE task waits for somebody to come back. Default: 30 s. */
  graceMs?: number;
  /** Milliseconds since the epoch. Default: Date.now. */
  now?: () => number;
}

/** What goes with a call. */
export interface StartOptions {
  onDisconnect: OnDisconnect;
  idempotency?: Idempotency | undefined;
  /** Whether the caller has seen events of it, so that it only joins. Default: false. */
  isResumption?: boolean;
}

/** One who waits for a task. */
export interface Caller {
  /** Calls the listener once when the caller is gone or its deadline is over, at once if it is. */
  onGone(listener: () => void): void;
  /** Milliseconds since the epoch. */
  readonly deadline: number | undefined;
}

/**
 * Turns a call into a task, has it run, and writes down what becomes of it.
 *
 * The log is written by what the agent reports and by nothing else; however an attempt ends, the
 * task ends with exactly one terminal status.
 */
export class TaskEngine {
  readonly #options: TaskEngineOptions;
  readonly #now: () => number;
  /** In no order; each knows its place, so that taking one out is no search. */
  readonly #running: RunningTask[] = [];
  readonly #idle: (() => void)[] = [];

  constructor(options: TaskEngineOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Tasks at work now. */
  get size(): number {
    return this.#running.length;
  }

  /**
   * Begins a call, or joins the one that its idempotency key stands for.
   *
   * @throws {SmartcallError} before anything has run: `AGENT_NOT_FOUND`, `AGENT_UNAVAILABLE`,
   *   `AGENT_BUSY`, `GATEWAY_FULL`, `IDEMPOTENCY_KEY_REUSED`, `CURSOR_EXPIRED`, and `TASK_NOT_FOUND`
   *   for a call that has run but is no longer kept.
   */
  async start(draft: TaskDraft, options: StartOptions): Promise<TaskRecord> {
    const { store, router } = this.#options;
    const { idempotency, onDisconnect } = options;
    const known = idempotency && (await store.findByIdempotency(idempotency));
    if (known) return this.#join(known, onDisconnect);
    // Whoever has seen events has had a run, which must not become a second one unnoticed.
    if (options.isResumption) throw new SmartcallError({ reason: "CURSOR_EXPIRED" });

    const reservation = router.reserve(draft.agent);
    try {
      const task = createTask(draft);
      const { record, created } = await store.create(task, draft.bytes, idempotency);
      if (!created) {
        reservation.release();
        return this.#join(record, onDisconnect);
      }
      this.#run(record, draft, reservation, onDisconnect);
      return record;
    } catch (error) {
      reservation.release();
      throw error;
    }
  }

  /**
   * Waits until the task has ended or asks for something. When the last one who waits goes away,
   * or their time is over, a task whose callers all wanted it so is ended.
   *
   * @throws {SmartcallError} `DEADLINE_EXCEEDED` or `CANCELED` when this caller gave up on a task
   *   that goes on for others.
   */
  async settled(record: TaskRecord, caller: Caller): Promise<void> {
    if (isSettled(record.state)) return;
    const why = await waitUntilSettled(record, caller, this.#now);
    if (why && !isSettled(record.state)) throw new SmartcallError(why);
  }

  /** Tells the agent to stop; the task is CANCELED at once. An ended task stays as it is. */
  cancel(record: TaskRecord, cancellation: Cancellation): void {
    record.work?.cancel(cancellation);
  }

  /**
   * Sends a further message to the agent, unless it has been given one with the same id: who says a
   * message again because the answer was lost must not hear that it was refused.
   *
   * @throws {SmartcallError} `TASK_NOT_WAITING` when no agent works on the task, `AGENT_BUSY` when
   *   it has to read earlier messages first.
   */
  send(record: TaskRecord, message: Message, bytes: number): void {
    if (record.given?.has(message.messageId)) return;
    if (!record.work) throw new SmartcallError({ reason: "TASK_NOT_WAITING" });
    record.work.send(message, bytes);
  }

  /** Resolves when no task is at work any more. */
  async idle(): Promise<void> {
    if (this.#running.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Cancels whatever runs. */
  cancelAll(cancellation: Cancellation): void {
    for (const running of [...this.#running]) running.cancel(cancellation);
  }

  #join(record: TaskRecord, onDisconnect: OnDisconnect): TaskRecord {
    record.work?.heed(onDisconnect);
    return record;
  }

  #run(
    record: TaskRecord,
    draft: TaskDraft,
    reservation: Reservation,
    onDisconnect: OnDisconnect,
  ): void {
    const { store, graceMs = 30_000 } = this.#options;
    const onEnd = this.#onEnd;
    const running = new RunningTask({ record, store, onDisconnect, graceMs, onEnd });
    running.place = this.#running.push(running) - 1;
    record.work = running;
    running.start(draft, reservation, this.#timeoutOf(draft));
  }

  #timeoutOf({ deadline }: TaskDraft): number {
    if (deadline === undefined) return this.#options.defaultTimeoutMs;
    // Whole, as the contract has it: clients give fractions of a millisecond too.
    return Math.min(Math.max(1, Math.ceil(deadline - this.#now())), 2 ** 31 - 1);
  }

  readonly #onEnd = (ended: RunningTask): void => {
    ended.record.work = undefined;
    const last = this.#running.pop();
    if (last && last !== ended) {
      this.#running[ended.place] = last;
      last.place = ended.place;
    }
    if (this.#running.length > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  };
}

/** Resolves once the task has settled, or with why the caller went first. */
function waitUntilSettled(
  record: TaskRecord,
  caller: Caller,
  now: () => number,
): Promise<Cancellation | undefined> {
  const { work, log } = record;
  work?.arrive();
  return new Promise((resolve) => {
    let isOver = false;
    function end(why?: Cancellation): void {
      isOver = true;
      unsubscribe();
      work?.leave(why);
      resolve(why);
    }
    const unsubscribe = log.subscribe(() => {
      if (!isOver && isSettled(record.state)) end();
    });
    caller.onGone(() => {
      if (!isOver) end(whyGone(caller.deadline, now()));
    });
  });
}
