import type { Cancellation } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import type { Message } from "@smartcall/protocol/proto";
import type { Reservation, Router } from "../routing/router.js";
import { type OnCallerGone, RunningTask } from "./running-task.js";
import { createTask, type TaskDraft } from "./task-draft.js";
import { isSettled, type TaskRecord } from "./task-record.js";
import type { Idempotency, TaskStore } from "./task-store.js";

/** What a {@link TaskEngine} works with. */
export interface TaskEngineOptions {
  store: TaskStore;
  router: Router;
  /** Bytes that one task and its log may take up. */
  maxTaskBytes: number;
  /** How long a call may run when its caller does not say. */
  defaultTimeoutMs: number;
  /** Milliseconds since the epoch. Default: Date.now. */
  now?: () => number;
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
  readonly #running = new Map<string, RunningTask>();
  readonly #idle = new Set<() => void>();

  constructor(options: TaskEngineOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Tasks at work now. */
  get size(): number {
    return this.#running.size;
  }

  /**
   * Begins a call, or joins the one that its idempotency key stands for.
   *
   * @throws {SmartcallError} before anything has run: `AGENT_NOT_FOUND`, `AGENT_UNAVAILABLE`,
   *   `AGENT_BUSY`, `GATEWAY_FULL`, `IDEMPOTENCY_KEY_REUSED`.
   */
  async start(
    draft: TaskDraft,
    options: { onCallerGone: OnCallerGone; idempotency?: Idempotency | undefined },
  ): Promise<TaskRecord> {
    const { store, router } = this.#options;
    const { idempotency, onCallerGone } = options;
    const known = idempotency && (await store.findByIdempotency(idempotency));
    if (known) return this.#join(known, onCallerGone);

    const reservation = router.reserve(draft.agent);
    try {
      const task = createTask(draft);
      const { record, created } = await store.create(task, draft.bytes, idempotency);
      if (!created) {
        reservation.release();
        return this.#join(record, onCallerGone);
      }
      this.#run(record, draft, reservation, onCallerGone);
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
    if (isSettled(record.task.state)) return;
    const running = this.#running.get(record.task.id);
    if (running) running.waiting++;
    const gone = await waitUntilSettled(record, caller);
    if (running) running.waiting--;
    if (!gone) return;
    const { deadline = Number.POSITIVE_INFINITY } = caller;
    const cancellation: Cancellation =
      this.#now() >= deadline
        ? { reason: "DEADLINE_EXCEEDED" }
        : { reason: "CANCELED", message: "the caller went away" };
    if (running?.waiting === 0 && running.onCallerGone === "cancel") {
      this.cancel(record, cancellation);
    }
    if (!isSettled(record.task.state)) throw new SmartcallError(cancellation);
  }

  /** Tells the agent to stop; the task is CANCELED at once. An ended task stays as it is. */
  cancel(record: TaskRecord, cancellation: Cancellation): void {
    this.#running.get(record.task.id)?.cancel(cancellation);
  }

  /**
   * Sends a further message to the agent.
   *
   * @throws {SmartcallError} `TASK_NOT_WAITING` when no agent works on the task, `AGENT_BUSY` when
   *   it has to read earlier messages first.
   */
  send(record: TaskRecord, message: Message, bytes: number): void {
    const running = this.#running.get(record.task.id);
    if (!running) throw new SmartcallError({ reason: "TASK_NOT_WAITING" });
    running.send(message, bytes);
  }

  /** Resolves when no task is at work any more. */
  async idle(): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.add(resolve));
  }

  /** Cancels whatever runs. */
  cancelAll(cancellation: Cancellation): void {
    for (const running of [...this.#running.values()]) running.cancel(cancellation);
  }

  #join(record: TaskRecord, onCallerGone: OnCallerGone): TaskRecord {
    const running = this.#running.get(record.task.id);
    if (running && onCallerGone === "continue") running.onCallerGone = "continue";
    return record;
  }

  #run(
    record: TaskRecord,
    draft: TaskDraft,
    reservation: Reservation,
    onCallerGone: OnCallerGone,
  ): void {
    const { store, maxTaskBytes } = this.#options;
    const onEnd = this.#onEnd;
    const running = new RunningTask({ record, store, maxTaskBytes, onCallerGone, onEnd });
    this.#running.set(record.task.id, running);
    running.start(draft, reservation, this.#timeoutOf(draft));
  }

  #timeoutOf({ deadline }: TaskDraft): number {
    if (deadline === undefined) return this.#options.defaultTimeoutMs;
    return Math.min(Math.max(1, deadline - this.#now()), 2 ** 31 - 1);
  }

  readonly #onEnd = ({ record }: RunningTask): void => {
    this.#running.delete(record.task.id);
    if (this.#running.size > 0 || this.#idle.size === 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  };
}

/** Resolves with false once the task has settled, with true when the caller went first. */
function waitUntilSettled(record: TaskRecord, caller: Caller): Promise<boolean> {
  return new Promise((resolve) => {
    const unsubscribe = record.subscribe(() => {
      if (!isSettled(record.task.state)) return;
      unsubscribe();
      resolve(false);
    });
    caller.onGone(() => {
      unsubscribe();
      resolve(true);
    });
  });
}
