import { once } from "node:events";
import type { ServerResponse } from "node:http";
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
  { onStreamError, stallTimeoutMs }: StreamSending = {},
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
    sendStream(response, body, headersOnly, stallTimeoutMs).catch((error: unknown) => {
      response.destroy();
      onStreamError?.(error);
    });
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

async function sendStream(
  response: ServerResponse,
  body: AsyncIterable<string | Uint8Array>,
  headersOnly: boolean,
  stallTimeoutMs: number | undefined,
): Promise<void> {
  const chunks = body[Symbol.asyncIterator]();
  const leave = () => void chunks.return?.();
  response.once("close", leave);
  if (!headersOnly) {
    response.flushHeaders();
    for (let item = await chunks.next(); !item.done; item = await chunks.next()) {
      if (isGone(response)) {
        return;
      }
      if (!response.write(item.value) && !(await drained(response, stallTimeoutMs))) {
        return;
      }
    }
  }
  response.end();
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
