import type { TaskState } from "@smartcall/protocol/openapi";
import { type CallInput, toInputBody } from "./call-input.js";
import type { RequestOptions } from "./options.js";
import { iteratePages } from "./page-iterator.js";
import { assertPathSegment } from "./path-segment.js";
import { type TaskResult, toTaskResult } from "./task-result.js";
import type { Send } from "./transport.js";

/** What {@link Tasks.get} takes. */
export interface GetTaskOptions extends RequestOptions {
  /**
   * How long to wait, in milliseconds and at most 60,000, for a running task to end or to ask for
   * input; the task is answered as it then is. Not at all by default.
   */
  waitMs?: number;
}

/** What {@link Tasks.cancel} takes. */
export interface CancelTaskOptions extends RequestOptions {
  /** Why, for the agent and the log. */
  reason?: string;
}

/** What {@link Tasks.list} takes. */
export interface ListTasksOptions extends RequestOptions {
  /** Only tasks of this agent. */
  agent?: string;
  /** Only tasks of this conversation. */
  contextId?: string;
  /** Only tasks in one of these states. */
  states?: readonly TaskState[];
  /** Tasks a page at most; the gateway's default is 50. */
  pageSize?: number;
}

/** The records of calls. */
export class Tasks {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Answers a task.
   *
   * @throws {SmartcallError} `TASK_NOT_FOUND` when there is none of this id, or it is no longer kept.
   */
  async get(id: string, options: GetTaskOptions = {}): Promise<TaskResult> {
    const { waitMs } = options;
    const path = { task: assertPathSegment("task", id) };
    const query = waitMs === undefined ? {} : { wait: `${waitMs / 1000}s` };
    const task = await this.#send(options, (client, settings) =>
      client.GET("/v1/tasks/{task}", { params: { path, query }, ...settings }),
    );
    return toTaskResult(task);
  }

  /** Cancels a task and answers it; one that has already ended is answered as it is. */
  async cancel(id: string, options: CancelTaskOptions = {}): Promise<TaskResult> {
    const { reason } = options;
    const path = { task: assertPathSegment("task", id) };
    const body = reason === undefined ? {} : { reason };
    const task = await this.#send(options, (client, settings) =>
      client.POST("/v1/tasks/{task}/cancel", { params: { path }, body, ...settings }),
    );
    return toTaskResult(task);
  }

  /**
   * Sends a further message to a task, such as the input that it asks for, and answers the task.
   *
   * @throws {SmartcallError} `TASK_NOT_WAITING` when the task takes no message now.
   */
  async send(id: string, input: CallInput, options: RequestOptions = {}): Promise<TaskResult> {
    const path = { task: assertPathSegment("task", id) };
    const body = toInputBody(input);
    const task = await this.#send(options, (client, settings) =>
      client.POST("/v1/tasks/{task}/messages", { params: { path }, body, ...settings }),
    );
    return toTaskResult(task);
  }

  /** Iterates over tasks, the newest first, page by page. */
  list(options: ListTasksOptions = {}): AsyncGenerator<TaskResult, void, undefined> {
    const { agent, contextId, states, pageSize } = options;
    return iteratePages(async (pageToken) => {
      const query = {
        ...(agent === undefined ? {} : { agent }),
        ...(contextId === undefined ? {} : { contextId }),
        ...(states === undefined ? {} : { states: [...states] }),
        ...(pageSize === undefined ? {} : { pageSize }),
        ...(pageToken === "" ? {} : { pageToken }),
      };
      const page = await this.#send(options, (client, settings) =>
        client.GET("/v1/tasks", { params: { query }, ...settings }),
      );
      return { items: page.tasks.map(toTaskResult), nextPageToken: page.nextPageToken };
    });
  }
}
