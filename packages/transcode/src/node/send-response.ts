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

/**
 * A client takes something as long as one such piece after the other leaves: of a whole megabyte one would
 * not know before all of it has.
 */
const pieceBytes = 64 * 1_024;

/** UTF-8 takes up to three bytes for each of the units that `length` counts. */
const maxBytesPerUnit = 3;

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
      let rest: string | Uint8Array | undefined = chunk;
      while (rest !== undefined) {
        const [piece, others] = firstPieceOf(rest);
        rest = others;
        if (!response.write(piece)) {
          void this.#goOnWhenDrained(rest);
          return;
        }
      }
      pull(this.#chunks, this);
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

  async #goOnWhenDrained(rest: string | Uint8Array | undefined): Promise<void> {
    if (!(await drained(this.#response, this.#sending.stallTimeoutMs))) return;
    if (rest === undefined) pull(this.#chunks, this);
    else this.take(rest);
  }
}

/** A piece that is small enough, and what is left. */
function firstPieceOf(
  chunk: string | Uint8Array,
): [piece: string | Uint8Array, rest?: Uint8Array | undefined] {
  if (chunk.length * maxBytesPerUnit <= pieceBytes) return [chunk];
  const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  if (bytes.length <= pieceBytes) return [bytes];
  return [bytes.subarray(0, pieceBytes), bytes.subarray(pieceBytes)];
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
