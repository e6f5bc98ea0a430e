import { expect, test, vi } from "vitest";
import { atOnce, clientOf, collect, placesOf, whole } from "../test/fake-client.js";
import { createFakeGateway, createLog } from "../test/fake-gateway.js";

test("a token that is refused is asked for anew, and the stream begins", async () => {
  const gateway = createFakeGateway(createLog(6));
  const token = vi.fn(async (refused?: string) => (refused === undefined ? "old" : "new"));
  const fetch = async (request: Request) =>
    request.headers.get("authorization") === "Bearer new"
      ? gateway.fetch(request)
      : Response.json({ reason: "UNAUTHENTICATED", retryable: false }, { status: 401 });
  const { smartcall } = clientOf({ options: { fetch, token } });
  expect(placesOf(await collect(smartcall.stream("eliza", "hello")))).toEqual(whole);
  expect(token.mock.calls).toEqual([[], ["old"]]);
});

test("a token that is refused again is the end of it", async () => {
  const answer = { reason: "UNAUTHENTICATED", retryable: false };
  const fetch = vi.fn(async () => Response.json(answer, { status: 401 }));
  const { smartcall } = clientOf({ options: { fetch, token: () => "t" } });
  await expect(smartcall.stream("eliza", "hello").text()).rejects.toMatchObject(answer);
  expect(fetch).toHaveBeenCalledTimes(2);
});

test("a first event that takes too long ends the stream, a later one does not", async () => {
  const hang = (request: Request) =>
    new Promise<Response>((_, reject) => {
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
    });
  const silent = clientOf({ options: { fetch: hang, firstEventTimeoutMs: 10 } });
  await expect(silent.smartcall.stream("eliza", "hello").text()).rejects.toMatchObject({
    reason: "DEADLINE_EXCEEDED",
    message: "no event in 10 ms",
  });
  const { smartcall } = clientOf({ options: { firstEventTimeoutMs: 60_000 } });
  expect(placesOf(await collect(smartcall.stream("eliza", "hello")))).toEqual(whole);
});

test("middleware is around each connection, and what happens is logged without secrets", async () => {
  const said: unknown[] = [];
  const hear = (...args: unknown[]) => said.push(args);
  const { smartcall, requests } = clientOf({
    faults: [{ cutAt: 200 }],
    options: {
      token: "s3cret",
      reconnect: atOnce,
      logLevel: "debug",
      logger: { error: hear, warn: hear, info: hear, debug: hear },
      middleware: [
        (request, next) => {
          request.headers.set("x-via", "middleware");
          return next(request);
        },
      ],
    },
  });
  await smartcall.stream("eliza", "hello").result();
  expect(requests.map(({ headers }) => headers.get("x-via"))).toEqual(["middleware", "middleware"]);
  const text = JSON.stringify(said);
  expect(text).toContain("smartcall: retry 1");
  expect(text).not.toContain("s3cret");
});

test("a redirect is not followed: it would take the token along", async () => {
  const headers = { location: "https://elsewhere.test/" };
  const fetch = vi.fn(async (_request: Request) => new Response(null, { status: 307, headers }));
  const { smartcall } = clientOf({ options: { fetch, token: "t" } });
  await expect(smartcall.stream("eliza", "hello").text()).rejects.toMatchObject({
    reason: "INTERNAL",
    message: expect.stringContaining("elsewhere.test"),
  });
  expect(fetch.mock.calls.map(([request]) => request.redirect)).toEqual(["manual"]);
});

test("what a gateway does not want repeated is not", async () => {
  const answer = { reason: "AGENT_BUSY", retryable: false };
  const fetch = vi.fn(async () => Response.json(answer, { status: 503 }));
  const { smartcall } = clientOf({ options: { fetch } });
  await expect(smartcall.stream("eliza", "hello").text()).rejects.toMatchObject(answer);
  expect(fetch).toHaveBeenCalledTimes(1);
});
