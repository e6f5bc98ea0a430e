import type { Agent } from "@smartcall/protocol/openapi";
import { definedOf } from "./defined-of.js";
import type { RequestOptions } from "./options.js";
import { PageList } from "./page-list.js";
import { assertPathSegment } from "./path-segment.js";
import type { Send } from "./requests/create-send.js";
import type { ResponsePromise } from "./response-promise.js";

/** What {@link Agents.list} takes. */
export interface ListAgentsOptions extends RequestOptions {
  /** Agents a page at most; the gateway's default is 100. */
  pageSize?: number;
  /** The `nextPageToken` of the page to go on after; the first page by default. */
  pageToken?: string;
}

/** The registry: which agents can be called. */
export class Agents {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Answers one agent with its card.
   *
   * @throws {SmartcallError} `AGENT_NOT_FOUND` when there is none of this name.
   */
  get(name: string, options: RequestOptions = {}): ResponsePromise<Agent> {
    return this.#send(options, {
      attempt: (client, settings) => {
        const path = { agent: assertPathSegment("agent", name) };
        return client.GET("/v1/agents/{agent}", { params: { path }, ...settings });
      },
    });
  }

  /** All agents in the order of their names: to be iterated over, or read page by page. */
  list(options: ListAgentsOptions = {}): PageList<Agent> {
    const { pageSize, pageToken: first } = options;
    return new PageList(
      (pageToken) =>
        this.#send(options, {
          attempt: (client, settings) => {
            const query = definedOf({ pageSize, pageToken: pageToken || undefined });
            return client.GET("/v1/agents", { params: { query }, ...settings });
          },
        }).map(({ agents: items, nextPageToken }) => ({ items, nextPageToken })),
      first,
    );
  }
}
