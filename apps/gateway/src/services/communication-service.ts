import { create } from "@bufbuild/protobuf";
import { durationMs } from "@bufbuild/protobuf/wkt";
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
import { draftFrom, idempotencyFrom, messageFrom } from "./call-input.js";
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
    const record = await this.#engine.start(draftFrom(request, call), {
      onCallerGone: isAsync ? "continue" : "cancel",
      idempotency: idempotencyFrom(request, call),
    });
    call.notes["agent"] = request.agent;
    call.notes["task"] = record.task.id;
    if (isAsync) {
      call.setStatus(202);
      call.setHeader("location", `/v1/tasks/${record.task.id}`);
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
    if (waitMs > 0 && !isSettled(record.task.state)) await settledWithin(record, waitMs, call);
    return record.snapshot();
  }

  async cancelTask(request: CancelTaskRequest, call: GatewayCall): Promise<Task> {
    const record = await this.find(request.task);
    call.notes["task"] = record.task.id;
    this.#engine.cancel(record, {
      reason: "CANCELED",
      message: request.reason || "the caller asked for it",
    });
    return record.snapshot();
  }

  async sendMessage(request: SendMessageRequest, call: GatewayCall): Promise<Task> {
    const record = await this.find(request.task);
    call.notes["task"] = record.task.id;
    const { message, bytes } = messageFrom(request.input);
    message.taskId = record.task.id;
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
  return new Promise((resolve) => {
    function done(): void {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    }
    const timer = setTimeout(done, waitMs);
    const unsubscribe = record.subscribe(() => {
      if (isSettled(record.task.state)) done();
    });
    call.onGone(done);
  });
}
