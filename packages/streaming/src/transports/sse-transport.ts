import {
  assertPathSegment,
  createRequestHeaders,
  errorFromResponse,
  orAbort,
  type ResolvedOptions,
  unreachable,
} from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { WireEvent } from "../events/wire-event.js";
import { cut } from "../resume/cut.js";
import { readServerSentEvents } from "./read-server-sent-events.js";
import type {
  ConnectionSettings,
  RequestSettings,
  StreamRequest,
  StreamTransport,
} from "./stream-transport.js";

type SseOptions = Pick<ResolvedOptions, "url" | "fetch" | "now">;

/** Reads server-sent events with `fetch`. */
export class SseTransport implements StreamTransport {
  readonly #options: SseOptions;
  readonly #idleMs: number;

  /** @param idleMs a connection that is silent for so long is given up; heartbeats come each 15 s. */
  constructor(options: SseOptions, idleMs: number) {
    this.#options = options;
    this.#idleMs = idleMs;
  }

  async *open(
    request: StreamRequest,
    settings: ConnectionSettings,
  ): AsyncGenerator<readonly WireEvent[], void, undefined> {
    const { signal, onRetryAfter } = settings;
    const response = await this.#whileHeard(settings, async (within) =>
      this.#fetch(await toRequest(this.#options.url, request, within)),
    );
    const type = response.headers.get("content-type") ?? "";
    if (!type.startsWith("text/event-stream")) {
      await response.body?.cancel();
      throw cut(`the answer is no stream of events, but ${type || "nothing"}`);
    }
    if (response.body === null) {
      const message = 'This fetch streams no bodies; take the transport "websocket".';
      throw new SmartcallError({ reason: "NOT_IMPLEMENTED", message });
    }
    const idleMs = this.#idleMs;
    yield* readServerSentEvents(response.body, { idleMs, signal, onRetryAfter });
  }

  async cancelTask(
    task: string,
    reason: string | undefined,
    settings: RequestSettings,
  ): Promise<void> {
    const url = `${this.#options.url}/v1/tasks/${pathSegment("task", task)}/cancel`;
    const body = JSON.stringify(reason === undefined ? {} : { reason });
    const headers = await createHeaders(settings);
    headers["content-type"] = "application/json";
    await this.#whileHeard(settings, async ({ signal }) => {
      const request = new Request(url, { method: "POST", headers, body, signal, redirect });
      await (await this.#fetch(request)).arrayBuffer();
    });
  }

  /** Asks a gateway that is held for lost when it takes the request and then says nothing. */
  async #whileHeard<Settings extends RequestSettings, Answer>(
    settings: Settings,
    ask: (settings: Settings) => Promise<Answer>,
  ): Promise<Answer> {
    const idleMs = this.#idleMs;
    const silence = new AbortController();
    const timer = Number.isFinite(idleMs)
      ? setTimeout(() => silence.abort(cut(`nothing was heard for ${idleMs} ms`)), idleMs)
      : undefined;
    try {
      const signal = AbortSignal.any([settings.signal, silence.signal]);
      signal.throwIfAborted();
      // A token hears of no signal, and not every `fetch` does.
      return await orAbort(ask({ ...settings, signal }), signal);
    } catch (thrown) {
      throw silence.signal.aborted ? silence.signal.reason : thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @throws {SmartcallError} when there is no answer, or none of success. */
  async #fetch(request: Request): Promise<Response> {
    const { url, fetch, now } = this.#options;
    try {
      const response = await fetch(request);
      if (request.signal.aborted) {
        // Nobody waits for it any more.
        response.body?.cancel().catch(() => {});
        throw request.signal.reason;
      }
      if (response.ok) return response;
      const type = response.headers.get("content-type") ?? "";
      const body: unknown = type.includes("json") ? await response.json() : await response.text();
      throw errorFromResponse(response, body, now);
    } catch (thrown) {
      if (thrown instanceof SmartcallError || request.signal.aborted) throw thrown;
      throw unreachable(url, thrown);
    }
  }
}

/** Nobody is to lead a credential elsewhere. */
const redirect = "manual";

async function toRequest(
  url: string,
  request: StreamRequest,
  settings: ConnectionSettings,
): Promise<Request> {
  const { signal } = settings;
  const headers = await createHeaders(settings);
  headers["accept"] = "text/event-stream";
  switch (request.kind) {
    case "stream": {
      headers["content-type"] = "application/json";
      headers["idempotency-key"] = request.idempotencyKey;
      const path = `/v1/agents/${pathSegment("agent", request.agent)}/calls/stream`;
      const body = JSON.stringify(request.body);
      return new Request(url + path, { method: "POST", headers, body, signal, redirect });
    }
    case "watch": {
      if (request.after !== "") headers["last-event-id"] = request.after;
      const query = request.onGap === "SNAPSHOT" ? "?onGap=SNAPSHOT" : "";
      const path = `/v1/tasks/${pathSegment("task", request.task)}/events${query}`;
      return new Request(url + path, { headers, signal, redirect });
    }
    case "watchAgents":
      if (request.after !== "") headers["last-event-id"] = request.after;
      return new Request(`${url}/v1/agents/events`, { headers, signal, redirect });
  }
}

async function createHeaders(settings: RequestSettings): Promise<Record<string, string>> {
  const { headers, timeoutMs } = settings;
  return createRequestHeaders({}, { token: await settings.token(), timeoutMs, headers });
}

function pathSegment(name: string, value: string): string {
  return encodeURIComponent(assertPathSegment(name, value));
}
