import { create } from "@bufbuild/protobuf";
import type { Cancellation, Outcome } from "@smartcall/link";
import { reasonInfo, SmartcallError } from "@smartcall/protocol";
import {
  type AgentEvent,
  type ExecuteRequest,
  ExecuteRequestSchema,
  type Message,
  Task_State,
  TaskErrorSchema,
  TaskEvent_StatusSchema,
} from "@smartcall/protocol/proto";
import type { Dispatch, Reservation, Router } from "../routing/router.js";
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

/** What happens to a task when nobody waits for it any more. */
export type OnCallerGone = "cancel" | "continue";

/** One who waits for a task. */
export interface Caller {
  /** Aborted when the caller is gone or its deadline is over. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly deadline: number | undefined;
}

/** A task at work. */
interface Running {
  dispatch: Dispatch | undefined;
  timer: NodeJS.Timeout | undefined;
  onCallerGone: OnCallerGone;
  /** Callers that wait for it to settle. */
  waiting: number;
  /** Whether the agent has yet to read messages that were sent. */
  blocked: boolean;
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
  readonly #running = new Map<TaskRecord, Running>();
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
      const task = createTask(draft, this.#now());
      const { record, created } = await store.create(task, draft.bytes, idempotency);
      if (created) {
        this.#run(record, draft, reservation, onCallerGone);
        return record;
      }
      reservation.release();
      return this.#join(record, onCallerGone);
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
    const running = this.#running.get(record);
    if (running) running.waiting++;
    const gone = await waitUntilSettled(record, caller.signal);
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
    this.#running.get(record)?.dispatch?.cancel(cancellation);
  }

  /**
   * Sends a further message to the agent.
   *
   * @throws {SmartcallError} `TASK_NOT_WAITING` when no agent works on the task, `AGENT_BUSY` when
   *   it has to read earlier messages first.
   */
  send(record: TaskRecord, message: Message, bytes: number): void {
    const running = this.#running.get(record);
    if (!running?.dispatch) throw new SmartcallError({ reason: "TASK_NOT_WAITING" });
    if (running.blocked) {
      throw new SmartcallError({
        reason: "AGENT_BUSY",
        message: "the agent has yet to read the messages before this one",
        retryAfterMs: 1_000,
      });
    }
    if (record.task.state === Task_State.INPUT_REQUIRED) {
      this.#append(record, status(Task_State.WORKING), bytes);
    }
    if (!running.dispatch.send(message)) {
      running.blocked = true;
      void running.dispatch.ready().then(() => {
        running.blocked = false;
      });
    }
  }

  /** Resolves when no task is at work any more. */
  async idle(): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.add(resolve));
  }

  /** Cancels whatever runs. */
  cancelAll(cancellation: Cancellation): void {
    for (const record of [...this.#running.keys()]) this.cancel(record, cancellation);
  }

  #join(record: TaskRecord, onCallerGone: OnCallerGone): TaskRecord {
    const running = this.#running.get(record);
    if (running && onCallerGone === "continue") running.onCallerGone = "continue";
    return record;
  }

  #run(
    record: TaskRecord,
    draft: TaskDraft,
    reservation: Reservation,
    onCallerGone: OnCallerGone,
  ): void {
    const timeoutMs = this.#timeoutOf(draft);
    const running: Running = {
      dispatch: undefined,
      timer: undefined,
      onCallerGone,
      waiting: 0,
      blocked: false,
    };
    this.#running.set(record, running);
    running.dispatch = reservation.dispatch(toExecuteRequest(record, draft, timeoutMs), timeoutMs, {
      attempt: (attempt) => this.#append(record, status(Task_State.WORKING, attempt), 0),
      event: (event, bytes) => this.#onEvent(record, event, bytes),
      close: (outcome) => this.#onClose(record, outcome),
    });
    running.timer = setTimeout(() => {
      running.dispatch?.cancel({ reason: "DEADLINE_EXCEEDED" });
    }, timeoutMs);
  }

  #timeoutOf(draft: TaskDraft): number {
    const { deadline } = draft;
    if (deadline === undefined) return this.#options.defaultTimeoutMs;
    return Math.min(Math.max(1, deadline - this.#now()), 2 ** 31 - 1);
  }

  #onEvent(record: TaskRecord, event: AgentEvent, bytes: number): void | Promise<void> {
    if (event.kind.case === undefined) return;
    if (record.bytes + bytes > this.#options.maxTaskBytes) {
      this.cancel(record, {
        reason: "PAYLOAD_TOO_LARGE",
        message: `the task has grown past ${this.#options.maxTaskBytes} bytes`,
      });
      return;
    }
    return this.#append(record, event.kind, bytes);
  }

  #onClose(record: TaskRecord, outcome: Outcome): void {
    const running = this.#running.get(record);
    clearTimeout(running?.timer);
    this.#running.delete(record);
    void this.#append(record, endStatus(outcome), 0);
    if (this.#running.size > 0 || this.#idle.size === 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }

  #append(
    record: TaskRecord,
    kind: Parameters<TaskStore["append"]>[1],
    bytes: number,
  ): void | Promise<void> {
    const appended = this.#options.store.append(record, kind, bytes);
    if (typeof appended !== "boolean") return appended.then(() => undefined);
  }
}

function toExecuteRequest(record: TaskRecord, draft: TaskDraft, timeoutMs: number): ExecuteRequest {
  return create(ExecuteRequestSchema, {
    taskId: record.task.id,
    agent: draft.agent,
    contextId: record.task.contextId,
    message: draft.message,
    timeoutMs,
    traceparent: draft.traceparent,
    hops: draft.hops,
    ...(draft.metadata && { metadata: draft.metadata }),
  });
}

function status(state: Task_State, attempt = 0) {
  return { case: "status" as const, value: create(TaskEvent_StatusSchema, { state, attempt }) };
}

/** How an attempt's end becomes the task's. */
function endStatus(outcome: Outcome) {
  if (outcome.reason === undefined) return status(Task_State.COMPLETED);
  const reason = outcome.lost ? "INSTANCE_LOST" : outcome.reason;
  const info = reasonInfo(reason);
  const ended = status(endState(reason));
  ended.value.error = create(TaskErrorSchema, {
    reason,
    message: outcome.message || info.sentence,
    retryable: info.retryable,
  });
  return ended;
}

function endState(reason: string): Task_State {
  if (reason === "CANCELED") return Task_State.CANCELED;
  if (reason === "AGENT_REJECTED" || reason === "INVALID_ARGUMENT") return Task_State.REJECTED;
  return Task_State.FAILED;
}

/** Resolves with false once the task has settled, with true when the signal came first. */
function waitUntilSettled(record: TaskRecord, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    function done(gone: boolean): void {
      unsubscribe();
      signal.removeEventListener("abort", onAbort);
      resolve(gone);
    }
    function onAbort(): void {
      done(true);
    }
    const unsubscribe = record.subscribe(() => {
      if (isSettled(record.task.state)) done(false);
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
}
