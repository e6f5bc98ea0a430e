import { afterEach, expect, test, vi } from "vitest";
import { clientOf, completed } from "../test/fake-client.js";
import { type Fetch, Smartcall } from "./index.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test("the token is that of the environment where none is given", async () => {
  vi.stubEnv("SMARTCALL_API_KEY", "key-1");
  const { smartcall, requests } = clientOf();
  await smartcall.tasks.get("a");
  expect(requests[0]?.headers.get("authorization")).toBe("Bearer key-1");
});

test("there may be no environment", async () => {
  vi.stubGlobal("process", undefined);
  const { smartcall, requests } = clientOf();
  await smartcall.tasks.get("a");
  expect(requests[0]?.url).toBe("http://127.0.0.1:8080/v1/tasks/a");
});

test("a page has no token that every visitor can read, unless it is told", () => {
  vi.stubGlobal("document", {});
  const token = "sk-long-lived";
  expect(() => new Smartcall({ token })).toThrow(
    expect.objectContaining({
      reason: "INVALID_ARGUMENT",
      message: expect.not.stringContaining(token),
    }),
  );
  expect(() => new Smartcall({ token, dangerouslyAllowBrowser: true })).not.toThrow();
  expect(() => new Smartcall({ token: async () => "t" })).not.toThrow();
  expect(() => new Smartcall()).not.toThrow();
});

test.each(["localhost:8080", "ftp://a.test", "https://", "https://me:secret@a.test", ""])(
  "the url %j is refused, without saying what it is",
  (url) => {
    expect(() => new Smartcall({ url })).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining("secret"),
        errors: [{ pointer: "#/options/url", detail: expect.stringContaining("expected") }],
      }),
    );
  },
);

test.each(["https://a.test", "HTTP://a.test:1/", "/gateway", "http://[::1]:8080/x/"])(
  "the url %j is taken",
  (url) => {
    expect(() => new Smartcall({ url })).not.toThrow();
  },
);

test.each([-1, Number.NaN])("%d retries are refused", (maxRetries) => {
  expect(() => new Smartcall({ maxRetries })).toThrow("maxRetries: expected 0 or more");
});

test("middleware is an onion around each try, the first of it outermost", async () => {
  const said: string[] = [];
  const layer = (name: string) => async (request: Request, next: Fetch) => {
    said.push(`${name} sends`);
    request.headers.set("x-via", `${request.headers.get("x-via") ?? ""}${name}`);
    const response = await next(request);
    said.push(`${name} has ${response.status}`);
    return response;
  };
  const { smartcall, requests } = clientOf(
    { middleware: [layer("a"), layer("b")] },
    () => new Response("", { status: 502 }),
    completed,
  );
  await smartcall.tasks.get("t");
  const round = (status: number) => ["a sends", "b sends", `b has ${status}`, `a has ${status}`];
  expect(said).toEqual([...round(502), ...round(200)]);
  expect(requests.map(({ headers }) => headers.get("x-via"))).toEqual(["ab", "ab"]);
});

test("middleware may answer in the gateway's place, and what it throws is told", async () => {
  const own = clientOf({ middleware: [async (request) => completed(request)] });
  expect((await own.smartcall.tasks.get("t")).state).toBe("COMPLETED");
  expect(own.requests).toEqual([]);

  const cause = new Error("no");
  const broken = clientOf({ maxRetries: 0, middleware: [() => Promise.reject(cause)] });
  await expect(broken.smartcall.tasks.get("t")).rejects.toMatchObject({
    reason: "GATEWAY_UNREACHABLE",
    cause,
  });
});

test.each([
  { name: "nothing by default", level: undefined, option: {}, want: [] },
  {
    name: "nothing when it is off",
    level: "debug",
    option: { logLevel: "off" as const },
    want: [],
  },
  { name: "requests at info", level: "info", option: {}, want: ["info"] },
  { name: "headers at debug", level: "debug", option: {}, want: ["debug", "info", "debug"] },
  { name: "nothing at a level that there is not", level: "loud", option: {}, want: [] },
])("is logged: $name", async ({ level, option, want }) => {
  vi.stubEnv("SMARTCALL_LOG", level);
  const said: string[] = [];
  const hear = (kind: string) => () => said.push(kind);
  const logger = {
    error: hear("error"),
    warn: hear("warn"),
    info: hear("info"),
    debug: hear("debug"),
  };
  const { smartcall } = clientOf({ logger, ...option });
  await smartcall.tasks.get("t");
  expect(said).toEqual(want);
});

test("a log has no secret of a header, and nothing of a body", async () => {
  const said: unknown[] = [];
  const hear = (...args: unknown[]) => said.push(args);
  const { smartcall } = clientOf(
    {
      token: "s3cret",
      headers: {
        cookie: "s3cret",
        "x-api-key": "s3cret",
        "x-goog-signature": "s3cret",
        "x-a": "1",
      },
      logLevel: "debug",
      logger: { error: hear, warn: hear, info: hear, debug: hear },
    },
    () => new Response("{}", { headers: { "set-cookie": "s3cret", "x-request-id": "r-1" } }),
  );
  await smartcall.call("summarizer", "s3cret", { metadata: { password: "s3cret" } });
  const text = JSON.stringify(said);
  expect(text).not.toContain("s3cret");
  expect(text).toContain('"authorization":"***"');
  expect(text).toContain('"x-a":"1"');
  expect(text).toContain('"requestId":"r-1"');
});
