import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { TranscodeResponse } from "../types.js";
import { isGone } from "./connection-state.js";
import type { NodeResponse } from "./node-handler.js";

/** Sends a response; `onStreamError` hears of a stream that failed and was cut. */
export function sendResponse(
  target: NodeResponse,
  { status, headers, body }: TranscodeResponse,
  headersOnly: boolean,
  onStreamError: ((error: unknown) => void) | undefined,
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
    sendStream(response, body, headersOnly).catch((error: unknown) => {
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
      if (!response.write(item.value) && !(await drained(response))) {
        return;
      }
    }
  }
  response.end();
}

/** Waits until more can be written; false when the client has gone. */
async function drained(response: ServerResponse): Promise<boolean> {
  const waiting = new AbortController();
  const close = () => waiting.abort();
  response.once("close", close);
  try {
    if (!isGone(response)) {
      await once(response, "drain", { signal: waiting.signal });
    }
  } catch {
    // Closed while it waited.
  } finally {
    response.off("close", close);
  }
  return !isGone(response);
}
