import type { Agent } from "@smartcall/protocol/openapi";
import type { RequestOptions } from "./options.js";
import { iteratePages } from "./page-iterator.js";
import { assertPathSegment } from "./path-segment.js";
import type { Send } from "./transport.js";

/** What {@link Agents.list} takes. */
export interface ListAgentsOptions extends RequestOptions {
  /** Agents a page at most; the gateway's default is 100. */
  pageSize?: number;
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
  async get(name: string, options: RequestOptions = {}): Promise<Agent> {
    const path = { agent: assertPathSegment("agent", name) };
    return this.#send(options, (client, settings) =>
      client.GET("/v1/agents/{agent}", { params: { path }, ...settings }),
    );
  }

  /** Iterates over all agents in the order of their names, page by page. */
  list(options: ListAgentsOptions = {}): AsyncGenerator<Agent, void, undefined> {
    const { pageSize } = options;
    return iteratePages(async (pageToken) => {
      const query = {
        ...(pageSize === undefined ? {} : { pageSize }),
        ...(pageToken === "" ? {} : { pageToken }),
      };
      const page = await this.#send(options, (client, settings) =>
        client.GET("/v1/agents", { params: { query }, ...settings }),
      );
      return { items: page.agents, nextPageToken: page.nextPageToken };
    });
  }
}
