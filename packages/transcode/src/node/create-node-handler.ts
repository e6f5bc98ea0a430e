import { tooLarge } from "../create-transcoder.js";
import { renderProblem } from "../errors/render-problem.js";
import type { TranscodeMatch, Transcoder } from "../index.js";
import type { TranscodeRequest, TranscodeResponse } from "../types.js";
import { isGone, isWhole } from "./connection-state.js";
import type { NodeHandler, NodeRequest, NodeResponse } from "./node-handler.js";
import { readBody } from "./read-body.js";
import { sendResponse } from "./send-response.js";

export interface NodeHandlerOptions {
  /** Answers what no rule fits; the body has not been touched. Default: 404. */
  readonly onUnmatched?: NodeHandler;
  /** Hears of responses that could not be sent whole because their stream failed. Default: nobody. */
  readonly onStreamError?: (error: unknown) => void;
  /**
   * How long a client may take nothing of what a stream has written before its connection is cut,
   * in milliseconds. Default: for ever.
   */
  readonly stallTimeoutMs?: number;
}

/**
 * Serves a transcoder from node:http or node:http2.
 *
 * A body over the limit is answered with 413 as soon as that is known and not read any further. A
 * stream waits for a slow client, and ends its call when the client goes away.
 */
export function createNodeHandler(
  transcoder: Transcoder,
  options: NodeHandlerOptions = {},
): NodeHandler {
  return (request, response) => {
    const target = request.url ?? "/";
    const match = transcoder.match(request.method ?? "GET", target);
    if (match.kind === "none" && options.onUnmatched !== undefined) {
      options.onUnmatched(request, response);
    } else if (match.kind !== "route" || hasNoBody(request)) {
      answer(request, response, match, undefined);
    } else {
      readBody(request, transcoder.maxBodyBytes, (result) => {
        if (result === "too-large") {
          const error = tooLarge(transcoder.maxBodyBytes);
          const refusal = transcoder.renderError(
            error,
            new NodeTranscodeRequest(request, response),
          );
          send(request, response, withClose(refusal, request));
        } else {
          answer(request, response, match, result);
        }
      });
    }
  };

  function answer(
    request: NodeRequest,
    response: NodeResponse,
    match: TranscodeMatch,
    body: Uint8Array | undefined,
  ): void {
    const answered = transcoder.handle(new NodeTranscodeRequest(request, response, body), match);
    if (answered instanceof Promise) {
      answered.then((ready) => send(request, response, ready));
    } else {
      send(request, response, answered);
    }
  }

  function send(request: NodeRequest, response: NodeResponse, answer: TranscodeResponse): void {
    const headersOnly = request.method === "HEAD";
    try {
      sendResponse(response, answer, headersOnly, options);
    } catch (error) {
      // A header that cannot be sent must not end the process.
      if (typeof answer.body === "object" && Symbol.asyncIterator in answer.body) {
        void answer.body[Symbol.asyncIterator]().return?.();
      }
      const { status, headers, body } = renderProblem(error);
      sendResponse(response, { status, headers, body: JSON.stringify(body) }, headersOnly);
    }
  }
}

/** HTTP/1.1 has no other way to tell a client to stop sending. */
function withClose(refusal: TranscodeResponse, request: NodeRequest): TranscodeResponse {
  return request.httpVersionMajor === 1
    ? { ...refusal, headers: { ...refusal.headers, connection: "close" } }
    : refusal;
}

function hasNoBody(request: NodeRequest): boolean {
  const { headers } = request;
  return request.httpVersionMajor === 1
    ? headers["content-length"] === undefined && headers["transfer-encoding"] === undefined
    : request.readableEnded;
}

class NodeTranscodeRequest implements TranscodeRequest {
  readonly #request: NodeRequest;
  readonly #response: NodeResponse;
  readonly body: Uint8Array | undefined;

  constructor(request: NodeRequest, response: NodeResponse, body?: Uint8Array) {
    this.#request = request;
    this.#response = response;
    this.body = body;
  }

  get method(): string {
    return this.#request.method ?? "GET";
  }

  get target(): string {
    return this.#request.url ?? "/";
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  *headers(): Iterable<[name: string, value: string]> {
    for (const [name, value] of Object.entries(this.#request.headers)) {
      if (value !== undefined && !name.startsWith(":")) {
        yield [name, Array.isArray(value) ? value.join(", ") : value];
      }
    }
  }

  onDisconnect(listener: () => void): void {
    const response = this.#response;
    if (isGone(response)) {
      listener();
      return;
    }
    // It comes once; `once` would keep half a kilobyte for that, as long as a stream is read.
    response.on("close", () => {
      if (!isWhole(response)) {
        listener();
      }
    });
  }
}
