import type { Cancellation, Outcome } from "@smartcall/link";
import { reasonInfo, SmartcallError } from "@smartcall/protocol";
import {
  type AgentEvent,
  type ExecuteRequest,
  type Message,
  Task_State,
  type TaskError,
  type TaskEvent_Status,
} from "@smartcall/protocol/proto";
import type { Dispatch, DispatchHandlers, Reservation } from "../routing/router.js";
import type { TaskEventKind } from "./apply-event.js";
import { createId } from "./create-id.js";
import { moreLenient, type OnDisconnect } from "./on-disconnect.js";
import type { LogReader } from "./reader-set.js";
import type { TaskDraft } from "./task-draft.js";
import type { TaskRecord, TaskWork } from "./task-record.js";
import type { TaskStore } from "./task-store.js";

/** What a {@link RunningTask} is made of. */
export interface RunningTaskInit {
  record: TaskRecord;
  store: TaskStore;
  onDisconnect: OnDisconnect;
  /** How long a CANCEL_AFTER_GRACE task waits for somebody to come back. */
  graceMs: number;
  /** Once, after the task's end is in the log. */
  onEnd: (task: RunningTask) => void;
}

/** Callers repeat what they have just said, not what they said a thousand messages ago. */
const maxRemembered = 1_000;

/** A task at work: writes down what its attempts report, and how they end. */
export class RunningTask implements DispatchHandlers, TaskWork {
  readonly record: TaskRecord;
  /** Its place among the engine's running tasks. Only the engine uses it. */
  place = 0;
  readonly #init: RunningTaskInit;
  #onDisconnect: OnDisconnect;
  #dispatch: Dispatch | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #attempt = 0;
  /** Those who wait for it, and those who read it. */
  #present = 0;
  #grace: NodeJS.Timeout | undefined;
  /** Pending while the agent is to wait for its readers. */
  #held: PromiseWithResolvers<void> | undefined;
  /** Whether the agent has yet to read messages that were sent. */
  #blocked = false;
  #ended = false;

  constructor(init: RunningTaskInit) {
    this.#init = init;
    this.record = init.record;
    this.#onDisconnect = init.onDisconnect;
  }

  /** Has it run; whatever goes wrong from here on ends the task. */
  start(draft: TaskDraft, reservation: Reservation, timeoutMs: number): void {
    try {
      const request = toExecuteRequest(this.record, draft, timeoutMs);
      this.#deadline = setTimeout(expire, timeoutMs, this, { reason: "DEADLINE_EXCEEDED" });
      this.#dispatch = reservation.dispatch(request, timeoutMs, this);
    } catch (thrown) {
      reservation.release();
      const { reason, message } = SmartcallError.from(thrown);
      this.close({ reason, message });
    }
  }

  get onDisconnect(): OnDisconnect {
    return this.#onDisconnect;
  }

  get isWaitedFor(): boolean {
    return this.#present > this.record.readers.size;
  }

  heed(wish: OnDisconnect): void {
    this.#onDisconnect = moreLenient(this.#onDisconnect, wish);
    if (this.#onDisconnect === "continue") this.#release();
  }

  arrive(reader?: LogReader): void {
    this.#present++;
    clearTimeout(this.#grace);
    this.#grace = undefined;
    if (reader === undefined || !this.#isFarBehind(reader)) this.#release();
  }

  leave(why?: Cancellation): void {
    this.#present--;
    if (this.record.readers.size === 0) this.#release();
    if (why && this.#present === 0 && !this.#ended) this.#abandon(why);
  }

  onRead(reader: LogReader): void {
    // All are far behind as long as the agent is held, so there are no others to look at.
    if (!this.#isFarBehind(reader)) this.#release();
  }

  /** Tells the agent to stop; the task ends at once. */
  cancel(cancellation: Cancellation): void {
    this.#dispatch?.cancel(cancellation);
  }

  /**
   * Sends a further message to the agent.
   *
   * @throws {SmartcallError} `AGENT_BUSY` when it has to read earlier messages first.
   */
  send(message: Message, bytes: number): void {
    message.messageId ||= createId();
    if (this.#blocked) {
      throw new SmartcallError({
        reason: "AGENT_BUSY",
        message: "the agent has yet to read the messages before this one",
        retryAfterMs: 1_000,
      });
    }
    const sent = this.#dispatch?.send(message) ?? true;
    this.#remember(message.messageId);
    const value = { $typeName: "smartcall.v1.TaskEvent.InputReceived", message } as const;
    void this.#report({ case: "inputReceived", value }, bytes);
    if (this.record.state === Task_State.INPUT_REQUIRED) {
      void this.#report(status(Task_State.WORKING, this.#attempt), 0);
    }
    if (sent) return;
    this.#blocked = true;
    void this.#dispatch?.ready().then(() => {
      this.#blocked = false;
    });
  }

  attempt(number: number): void {
    this.#attempt = number;
    void this.#append(status(Task_State.WORKING, number), 0);
  }

  event(event: AgentEvent, bytes: number): void | Promise<void> {
    if (event.kind.case === undefined) return;
    const appended = this.#report(event.kind, bytes);
    if (this.onDisconnect === "continue") return appended;
    return appended ? appended.then(() => this.#hold()) : this.#hold();
  }

  close(outcome: Outcome): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#deadline);
    clearTimeout(this.#grace);
    void this.#append(endStatus(outcome, this.#attempt), outcome.message?.length ?? 0);
    this.#init.onEnd(this);
    this.#release();
  }

  #remember(messageId: string): void {
    const { record } = this;
    record.given ??= new Set();
    record.given.add(messageId);
    if (record.given.size <= maxRemembered) return;
    for (const oldest of record.given) {
      record.given.delete(oldest);
      return;
    }
  }

  /** Nobody is there: ends it, now or after its grace, unless it is to go on. */
  #abandon(why: Cancellation): void {
    if (this.onDisconnect === "cancel") this.cancel(why);
    else if (this.onDisconnect === "cancel-after-grace") {
      this.#grace ??= setTimeout(expire, this.#init.graceMs, this, why);
    }
  }

  /** What holds the agent back, if anything does. */
  #hold(): void | Promise<void> {
    if (!this.#mustHold()) return;
    this.#held ??= Promise.withResolvers();
    return this.#held.promise;
  }

  /** Whether all who are there read, and all of them are far behind. */
  #mustHold(): boolean {
    const { readers } = this.record;
    if (readers.size === 0 || this.isWaitedFor || this.#ended) return false;
    if (this.onDisconnect === "continue") return false;
    for (const reader of readers) if (!this.#isFarBehind(reader)) return false;
    return true;
  }

  #isFarBehind({ bytesBehind }: LogReader): boolean {
    return bytesBehind > this.#init.store.leadBytes;
  }

  #release(): void {
    this.#held?.resolve();
    this.#held = undefined;
  }

  /** Appends what happened; a task that has no room for it ends. */
  #report(kind: TaskEventKind, bytes: number): void | Promise<void> {
    try {
      return this.#append(kind, bytes);
    } catch (thrown) {
      const { reason, message } = SmartcallError.from(thrown);
      this.cancel({ reason, message });
    }
  }

  #append(kind: TaskEventKind, bytes: number): void | Promise<void> {
    const appended = this.#init.store.append(this.record, kind, bytes);
    if (typeof appended !== "boolean") return appended.then(() => undefined);
  }
}

function expire(task: RunningTask, why: Cancellation): void {
  task.cancel(why);
}

// Literals, as in `createTask`.

function toExecuteRequest(record: TaskRecord, draft: TaskDraft, timeoutMs: number): ExecuteRequest {
  return {
    $typeName: "smartcall.v1.ExecuteRequest",
    taskId: record.id,
    agent: draft.agent,
    contextId: record.task.contextId,
    message: draft.message,
    attempt: 0,
    timeoutMs,
    traceparent: draft.traceparent,
    hops: draft.hops,
    ...(draft.metadata && { metadata: draft.metadata }),
  };
}

function status(state: Task_State, attempt: number, error?: TaskError): TaskEventKind {
  const value: TaskEvent_Status = { $typeName: "smartcall.v1.TaskEvent.Status", state, attempt };
  if (error) value.error = error;
  return { case: "status", value };
}

/** How an attempt's end becomes the task's. */
function endStatus(outcome: Outcome, attempt: number): TaskEventKind {
  if (outcome.reason === undefined) return status(Task_State.COMPLETED, attempt);
  const reason = outcome.lost ? "INSTANCE_LOST" : outcome.reason;
  const { sentence, retryable } = reasonInfo(reason);
  return status(endState(reason), attempt, {
    $typeName: "smartcall.v1.TaskError",
    reason,
    message: outcome.message || sentence,
    // Reasons to call again hold for what never began; this may have run.
    retryable: retryable && outcome.refused === true,
  });
}

function endState(reason: string): Task_State {
  if (reason === "CANCELED") return Task_State.CANCELED;
  if (reason === "AGENT_REJECTED" || reason === "INVALID_ARGUMENT") return Task_State.REJECTED;
  return Task_State.FAILED;
}
