import { create } from "@bufbuild/protobuf";
import { durationMs } from "@bufbuild/protobuf/wkt";
import type { Cancellation } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import {
  type CallRequest,
  type CancelTaskRequest,
  type GetTaskRequest,
  type ListTasksRequest,
  type ListTasksResponse,
  ListTasksResponseSchema,
  type SendMessageRequest,
  type Task,
} from "@smartcall/protocol/proto";
import type { TaskEngine } from "../tasks/task-engine.js";
import { isSettled, type TaskRecord } from "../tasks/task-record.js";
import type { TaskStore } from "../tasks/task-store.js";
import { whyGone } from "../tasks/why-gone.js";
import { draftFrom, idempotencyFrom, messageFrom, onDisconnectFrom } from "./call-input.js";
import type { GatewayCall } from "./gateway-call.js";

const defaultPageSize = 50;

/** Calls that wait for their answer, and the tasks they leave behind. */
export class CommunicationServiceHandlers {
  readonly #engine: TaskEngine;
  readonly #store: TaskStore;

  constructor(engine: TaskEngine, store: TaskStore) {
    this.#engine = engine;
    this.#store = store;
  }

  async call(request: CallRequest, call: GatewayCall): Promise<Task> {
    const isAsync = prefersAsync(call);
    const onDisconnect = onDisconnectFrom(request, isAsync ? "continue" : "cancel");
    const record = await this.#engine.start(draftFrom(request, call), {
      onDisconnect,
      idempotency: idempotencyFrom(request, call),
    });
    call.notes["agent"] = request.agent;
    call.notes["task"] = record.id;
    if (isAsync) {
      // Nobody is there yet; with CANCEL the first who comes decides by going.
      if (onDisconnect === "cancel-after-grace") comeAndGo(record);
      call.setStatus(202);
      call.setHeader("location", `/v1/tasks/${record.id}`);
      call.setHeader("preference-applied", "respond-async");
      return record.snapshot();
    }
    await this.#engine.settled(record, call);
    return record.snapshot();
  }

  async listTasks(request: ListTasksRequest): Promise<ListTasksResponse> {
    const page = await this.#store.list({
      agent: request.agent,
      contextId: request.contextId,
      states: request.states,
      pageSize: request.pageSize || defaultPageSize,
      pageToken: request.pageToken,
    });
    return create(ListTasksResponseSchema, page);
  }

  async getTask(request: GetTaskRequest, call: GatewayCall): Promise<Task> {
    const record = await this.find(request.task);
    const waitMs = request.wait ? durationMs(request.wait) : 0;
    if (waitMs > 0 && !isSettled(record.state)) await settledWithin(record, waitMs, call);
    return record.snapshot();
  }

  async cancelTask(request: CancelTaskRequest, call: GatewayCall): Promise<Task> {
    const record = await this.find(request.task);
    call.notes["task"] = record.id;
    this.#engine.cancel(record, {
      reason: "CANCELED",
      message: request.reason || "the caller asked for it",
    });
    return record.snapshot();
  }

  async sendMessage(request: SendMessageRequest, call: GatewayCall): Promise<Task> {
    const record = await this.find(request.task);
    call.notes["task"] = record.id;
    const { message, bytes } = messageFrom(request.input);
    message.taskId = record.id;
    message.contextId = record.task.contextId;
    this.#engine.send(record, message, bytes);
    return record.snapshot();
  }

  /**
   * The task of this id.
   *
   * @throws {SmartcallError} `TASK_NOT_FOUND`.
   */
  async find(id: string): Promise<TaskRecord> {
    const record = await this.#store.find(id);
    if (record) return record;
    throw new SmartcallError({
      reason: "TASK_NOT_FOUND",
      message: `no task has the id ${JSON.stringify(id)}, or it is no longer kept`,
    });
  }
}

/** `Prefer: respond-async` of RFC 7240. */
function prefersAsync(call: GatewayCall): boolean {
  const prefer = call.header("prefer");
  return prefer !== undefined && /(?:^|,)\s*respond-async\s*(?:[,;]|$)/i.test(prefer);
}

/** Resolves when the task has settled, the time is over or the caller is gone. */
function settledWithin(record: TaskRecord, waitMs: number, call: GatewayCall): Promise<void> {
  const { work, log } = record;
  work?.arrive();
  return new Promise((resolve) => {
    let isOver = false;
    function done(why?: Cancellation): void {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      unsubscribe();
      work?.leave(why);
      resolve();
    }
    // Who asks again and again is there for as long as a grace.
    const answer = () => done(work?.onDisconnect === "cancel-after-grace" ? wentAway : undefined);
    const timer = setTimeout(answer, waitMs);
    const unsubscribe = log.subscribe(() => {
      if (isSettled(record.state)) answer();
    });
    call.onGone(() => {
      if (whyGone(call.deadline, Date.now()).reason === "CANCELED") done(wentAway);
      else answer();
    });
  });
}

function comeAndGo({ work }: TaskRecord): void {
  work?.arrive();
  work?.leave(wentAway);
}

const wentAway: Cancellation = { reason: "CANCELED", message: "nobody came back for the task" };
