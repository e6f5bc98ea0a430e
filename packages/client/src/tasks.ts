import type { TaskState } from "@smartcall/protocol/openapi";
import { type CallInput, toMessageInput } from "./call-input.js";
import { createKey } from "./create-key.js";
import { definedOf } from "./defined-of.js";
import type { RequestOptions } from "./options.js";
import { PageList } from "./page-list.js";
import { assertPathSegment } from "./path-segment.js";
import type { Send } from "./requests/create-send.js";
import type { ResponsePromise } from "./response-promise.js";
import { type TaskResult, toTaskResult } from "./task-result.js";

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
  /** The `nextPageToken` of the page to go on after; the first page by default. */
  pageToken?: string;
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
  get(id: string, options: GetTaskOptions = {}): ResponsePromise<TaskResult> {
    const { waitMs } = options;
    return this.#send(options, {
      attempt: (client, settings) => {
        const path = { task: assertPathSegment("task", id) };
        const query = waitMs === undefined ? {} : { wait: `${waitMs / 1000}s` };
        return client.GET("/v1/tasks/{task}", { params: { path, query }, ...settings });
      },
    }).map(toTaskResult);
  }

  /** Cancels a task and answers it; one that has already ended is answered as it is. */
  cancel(id: string, options: CancelTaskOptions = {}): ResponsePromise<TaskResult> {
    const { reason } = options;
    const body = reason === undefined ? {} : { reason };
    return this.#send(options, {
      attempt: (client, settings) => {
        const path = { task: assertPathSegment("task", id) };
        return client.POST("/v1/tasks/{task}/cancel", { params: { path }, body, ...settings });
      },
    }).map(toTaskResult);
  }

  /**
   * Sends a further message to a task, such as the input that it asks for, and answers the task. The
   * agent is given it once, however often the request is repeated.
   *
   * @throws {SmartcallError} `TASK_NOT_WAITING` when the task takes no message now.
   */
  send(id: string, input: CallInput, options: RequestOptions = {}): ResponsePromise<TaskResult> {
    const body = { message: { messageId: createKey(), ...toMessageInput(input) } };
    return this.#send(options, {
      attempt: (client, settings) => {
        const path = { task: assertPathSegment("task", id) };
        return client.POST("/v1/tasks/{task}/messages", { params: { path }, body, ...settings });
      },
    }).map(toTaskResult);
  }

  /** Tasks, the newest first: to be iterated over, or read page by page. */
  list(options: ListTasksOptions = {}): PageList<TaskResult> {
    const { agent, contextId, states, pageSize, pageToken: first } = options;
    return new PageList(
      (pageToken) =>
        this.#send(options, {
          attempt: (client, settings) => {
            const query = definedOf({
              agent,
              contextId,
              states: states && [...states],
              pageSize,
              pageToken: pageToken || undefined,
            });
            return client.GET("/v1/tasks", { params: { query }, ...settings });
          },
        }).map(({ tasks, nextPageToken }) => ({ items: tasks.map(toTaskResult), nextPageToken })),
      first,
    );
  }
}
