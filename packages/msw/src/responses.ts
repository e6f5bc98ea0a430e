import { SmartcallError, type SmartcallErrorInit, toProblem } from "@smartcall/protocol";
import type { RegistryEvent, TaskEvent } from "@smartcall/protocol/openapi";

/** Answers JSON, with the headers that every answer of a gateway has. */
export function jsonResponse(request: Request, body: unknown, init: ResponseInit = {}): Response {
  return Response.json(body, { ...init, headers: headersOf(request, init.headers) });
}

/**
 * Answers a problem of the table of reasons, for an override:
 * `overrides: { call: ({ request }) => problemResponse(request, { reason: "AGENT_BUSY" }) }`.
 */
export function problemResponse(request: Request, init: SmartcallErrorInit): Response {
  const headers = headersOf(request, { "content-type": "application/problem+json" });
  const requestId = init.requestId ?? headers.get("x-request-id") ?? "";
  const error = new SmartcallError({ ...init, requestId });
  if (error.retryAfterMs !== undefined) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  }
  const problem = toProblem(error, new URL(request.url).pathname);
  return new Response(JSON.stringify(problem), { status: error.status, headers });
}

/** Answers events one by one: lines of JSON where `Accept` asks for them, else server-sent events. */
export function eventResponse(
  request: Request,
  events: readonly (TaskEvent | RegistryEvent)[],
  headers: HeadersInit = {},
): Response {
  const asLines = request.headers.get("accept")?.includes("application/x-ndjson") === true;
  const pending = events.values();
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = pending.next();
      if (done) return controller.close();
      const json = JSON.stringify(value);
      controller.enqueue(encoder.encode(asLines ? `${json}\n` : serverSentEvent(value, json)));
    },
  });
  const answer = headersOf(request, headers);
  answer.set("content-type", asLines ? "application/x-ndjson" : "text/event-stream");
  answer.set("cache-control", "no-store");
  return new Response(stream, { headers: answer });
}

/** Events that are no place to resume from have no id. */
const unplaced: ReadonlySet<string> = new Set(["gap", "error", "end"]);

/** The fields of an event that do not say its kind. */
const common: ReadonlySet<string> = new Set(["taskId", "cursor", "time", "merged"]);

function serverSentEvent(event: TaskEvent | RegistryEvent, json: string): string {
  const name = Object.keys(event).find((key) => !common.has(key)) ?? "";
  const id = unplaced.has(name) ? "" : `id: ${event.cursor}\n`;
  return `${id}event: ${name}\ndata: ${json}\n\n`;
}

function headersOf(request: Request, extra?: HeadersInit): Headers {
  const headers = new Headers(extra);
  headers.set("x-request-id", request.headers.get("x-request-id") ?? crypto.randomUUID());
  return headers;
}
