import { type TranscodeMatch, type Transcoder, tooLarge } from "./create-transcoder.js";
import type { TranscodeRequest, TranscodeResponse } from "./types.js";

export interface FetchHandlerOptions {
  /** Answers what no rule fits. Default: 404. */
  readonly onUnmatched?: (request: Request) => Response | Promise<Response>;
}

/** Serves a transcoder where requests are those of the Fetch standard. */
export function createFetchHandler(
  transcoder: Transcoder,
  options: FetchHandlerOptions = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    const target = request.url.slice(request.url.indexOf("/", request.url.indexOf("//") + 2));
    const match = transcoder.match(request.method, target);
    if (match.kind === "none" && options.onUnmatched !== undefined) {
      return options.onUnmatched(request);
    }
    return toResponse(await answer(transcoder, request, target, match), request.method);
  };
}

async function answer(
  transcoder: Transcoder,
  request: Request,
  target: string,
  match: TranscodeMatch,
): Promise<TranscodeResponse> {
  const plain: TranscodeRequest = {
    method: request.method,
    target,
    header: (name) => request.headers.get(name) ?? undefined,
    headers: () => request.headers,
    onDisconnect: (listener) => request.signal.addEventListener("abort", listener, { once: true }),
  };
  try {
    const body =
      match.kind === "route" ? await readBody(request, transcoder.maxBodyBytes) : undefined;
    return await transcoder.handle({ ...plain, body }, match);
  } catch (error) {
    return transcoder.renderError(error, plain);
  }
}

async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  if (request.body === null) {
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw tooLarge(maxBytes);
    }
    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

type ResponseBody = ConstructorParameters<typeof Response>[0];

function toResponse({ status, headers, body }: TranscodeResponse, method: string): Response {
  const init = { status, headers: { ...headers } };
  if (typeof body !== "object" || body instanceof Uint8Array) {
    return new Response(method === "HEAD" ? null : (body as ResponseBody), init);
  }
  const chunks = body[Symbol.asyncIterator]();
  if (method === "HEAD") {
    void chunks.return?.();
    return new Response(null, init);
  }
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
  return new Response(stream as unknown as ResponseBody, init);
}
