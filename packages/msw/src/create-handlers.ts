import { SmartcallError } from "@smartcall/protocol";
import type { RegistryEvent, TaskEvent } from "@smartcall/protocol/openapi";
import { type HttpHandler, http, type PathParams } from "msw";
import { answers, fixtureOfCall, type MockedCall } from "./answers.js";
import type { Answer, OperationId } from "./fixtures.js";
import { fixtures } from "./gen/fixtures.js";
import { routes } from "./gen/routes.js";
import { eventResponse, jsonResponse, problemResponse } from "./responses.js";

/**
 * What an operation answers instead of its fixture: a body (events for a stream), or a function of
 * the request that answers one, or a whole Response, or throws a SmartcallError.
 */
export type Override<Id extends OperationId> =
  | Answer<Id>
  | ((call: MockedCall) => Answer<Id> | Response | Promise<Answer<Id> | Response>);

/** What {@link createHandlers} takes. */
export interface HandlersOptions {
  /** Where the mocked gateway is, `http://127.0.0.1:8080` by default. */
  readonly baseUrl?: string;
  /** Answers of your own, by operation; all others answer their fixture. */
  readonly overrides?: { readonly [Id in OperationId]?: Override<Id> };
}

/**
 * MSW handlers for every operation of the REST face, for `setupServer` and `setupWorker`.
 *
 * They answer the fixtures as a gateway would: `Prefer: respond-async` is a 202, an agent or task
 * that no fixture has is a problem with its reason, streams are server-sent events or NDJSON.
 */
export function createHandlers(options: HandlersOptions = {}): HttpHandler[] {
  const base = (options.baseUrl ?? "http://127.0.0.1:8080").replace(/\/+$/, "");
  return routes.map(({ id, method, path }) =>
    http[method](base + path, async ({ request, params }) => {
      try {
        const call = await readCall(id, request, params);
        const override: unknown = options.overrides?.[id];
        const answer: unknown =
          typeof override === "function" ? await override(call) : (override ?? answers[id](call));
        return answer instanceof Response ? answer : writeAnswer(call, answer);
      } catch (thrown) {
        const error = SmartcallError.from(thrown);
        return problemResponse(request, error);
      }
    }),
  );

  function writeAnswer(call: MockedCall, answer: unknown): Response {
    const { request } = call;
    if (Array.isArray(answer)) return writeEvents(request, answer);
    const isCall = call.url.pathname.endsWith("/calls");
    if (!isCall || !/\brespond-async\b/i.test(request.headers.get("prefer") ?? "")) {
      return jsonResponse(request, answer);
    }
    const { accepted } = fixtureOfCall(call);
    return jsonResponse(request, accepted, {
      status: 202,
      headers: { location: `/v1/tasks/${accepted.id}`, "preference-applied": "respond-async" },
    });
  }
}

function writeEvents(request: Request, events: readonly (TaskEvent | RegistryEvent)[]): Response {
  const [first] = events;
  const taskId = first && "taskId" in first ? first.taskId : undefined;
  return eventResponse(
    request,
    events,
    taskId === undefined ? {} : { "content-location": `/v1/tasks/${taskId}/events` },
  );
}

async function readCall(
  id: OperationId,
  request: Request,
  params: PathParams,
): Promise<MockedCall> {
  const call = { request, url: new URL(request.url), params: textsOf(params) };
  const text = "request" in fixtures[id] ? await request.clone().text() : "";
  if (text === "") return { ...call, body: {} };
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    throw new SmartcallError({ reason: "UNSUPPORTED_MEDIA_TYPE" });
  return { ...call, body: parseBody(text) };
}

function parseBody(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) return body as Record<string, unknown>;
  } catch (cause) {
    throw new SmartcallError({ reason: "INVALID_ARGUMENT", cause });
  }
  throw new SmartcallError({ reason: "INVALID_ARGUMENT" });
}

function textsOf(params: PathParams): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
