import type { TranscodeRequest, Transcoder } from "../src/index.js";

/** A request in short: what is not said is absent. */
export interface Ask {
  readonly method?: string;
  readonly target: string;
  readonly headers?: Record<string, string>;
  /** Text is sent as it is, an object as JSON; both as application/json unless headers say more. */
  readonly body?: string | Uint8Array | object;
}

/** Hands a request to a transcoder and reads the whole answer. */
export async function ask(transcoder: Transcoder, given: Ask) {
  const headers = {
    ...(given.body === undefined ? undefined : { "content-type": "application/json" }),
    ...given.headers,
  };
  const request: TranscodeRequest = {
    method: given.method ?? (given.body === undefined ? "GET" : "POST"),
    target: given.target,
    header: (name) => (headers as Record<string, string>)[name],
    headers: () => Object.entries(headers),
    body: toBytes(given.body),
  };
  const response = await transcoder.handle(request);
  const text = await readText(response.body);
  return { ...response, text, json: () => JSON.parse(text) };
}

function toBytes(body: Ask["body"]): Uint8Array | undefined {
  if (body === undefined || body instanceof Uint8Array) {
    return body;
  }
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}

async function readText(
  body: string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined,
): Promise<string> {
  if (body === undefined || typeof body === "string") {
    return body ?? "";
  }
  let text = "";
  for await (const chunk of body instanceof Uint8Array ? [body] : body) {
    text += typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
  }
  return text;
}
