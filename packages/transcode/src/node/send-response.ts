import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { pull, type Taker } from "../response/pull.js";
import type { TranscodeResponse } from "../types.js";
import { isGone } from "./connection-state.js";
import type { NodeResponse } from "./node-handler.js";

/** What a stream that does not go well leads to. */
export interface StreamSending {
  /** Hears of a stream that failed and was cut. */
  readonly onStreamError?: (error: unknown) => void;
  /** How long a client may take nothing before it is cut; for ever when absent. */
  readonly stallTimeoutMs?: number;
}

/** Sends a response. */
export function sendResponse(
  target: NodeResponse,
  { status, headers, body }: TranscodeResponse,
  headersOnly: boolean,
  sending: StreamSending = {},
): void {
  // Both APIs are the same as far as they are used here, but their overloads are not.
  const response = target as ServerResponse;
  if (isGone(target)) {
    if (isStream(body)) {
      void body[Symbol.asyncIterator]().return?.();
    }
    return;
  }
  if (isStream(body)) {
    response.writeHead(status, headers);
    new StreamSender(response, body[Symbol.asyncIterator](), sending).begin(headersOnly);
    return;
  }
  if (body === undefined) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, { ...headers, "content-length": length });
  if (headersOnly) {
    response.end();
  } else {
    response.end(body);
  }
}

function isStream(body: TranscodeResponse["body"]): body is AsyncIterable<string | Uint8Array> {
  return typeof body === "object" && Symbol.asyncIterator in body;
}

/** Writes a stream's chunks, no faster than the client takes them. No async function: thousands wait at a time. */
class StreamSender implements Taker<string | Uint8Array> {
  readonly #response: ServerResponse;
  readonly #chunks: AsyncIterator<string | Uint8Array>;
  readonly #sending: StreamSending;

  constructor(
    response: ServerResponse,
    chunks: AsyncIterator<string | Uint8Array>,
    sending: StreamSending,
  ) {
    this.#response = response;
    this.#chunks = chunks;
    this.#sending = sending;
  }

  begin(headersOnly: boolean): void {
    const response = this.#response;
    const chunks = this.#chunks;
    response.on("close", () => void chunks.return?.());
    if (headersOnly) {
      response.end();
      return;
    }
    response.flushHeaders();
    pull(chunks, this);
  }

  take(chunk: string | Uint8Array): void {
    const response = this.#response;
    if (isGone(response)) return;
    try {
      if (response.write(chunk)) pull(this.#chunks, this);
      else void this.#goOnWhenDrained();
    } catch (error) {
      this.failed(error);
    }
  }

  ended(): void {
    this.#response.end();
  }

  failed(error: unknown): void {
    this.#response.destroy();
    this.#sending.onStreamError?.(error);
  }

  async #goOnWhenDrained(): Promise<void> {
    if (await drained(this.#response, this.#sending.stallTimeoutMs)) pull(this.#chunks, this);
  }
}

/** Waits until more can be written; false when the client has gone, or was cut since it took nothing. */
async function drained(
  response: ServerResponse,
  stallTimeoutMs: number | undefined,
): Promise<boolean> {
  const waiting = new AbortController();
  const close = () => waiting.abort();
  response.once("close", close);
  const timer =
    stallTimeoutMs === undefined ? undefined : setTimeout(() => response.destroy(), stallTimeoutMs);
  try {
    if (!isGone(response)) {
      await once(response, "drain", { signal: waiting.signal });
    }
  } catch {
    // Closed while it waited.
  } finally {
    clearTimeout(timer);
    response.off("close", close);
  }
  return !isGone(response);
}
