import { create, createRegistry, type DescMethod } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type Ask, ask } from "../test/ask.js";
import { BookSchema, EverythingRequestSchema, Library } from "../test/gen/library_pb.js";
import { createLibrary } from "../test/library-service.js";

const everything = (body: object | string): Ask => ({ target: "/v1/everything", body });

test.each<{ name: string; given: Ask; status: number; headers?: object }>([
  { name: "an unknown path", given: { target: "/v1/nothing" }, status: 404 },
  { name: "a path that climbs", given: { target: "/v1/files/../../etc/passwd" }, status: 404 },
  {
    name: "a method that is not offered",
    given: { method: "PUT", target: "/v1/books/x" },
    status: 405,
    headers: { allow: "DELETE, GET, HEAD, OPTIONS, PATCH" },
  },
  {
    name: "OPTIONS",
    given: { method: "OPTIONS", target: "/v1/books/x" },
    status: 204,
    headers: { allow: "DELETE, GET, HEAD, OPTIONS, PATCH" },
  },
  {
    name: "an answer that is not wanted",
    given: { target: "/v1/books/x", headers: { accept: "text/html, application/json;q=0" } },
    status: 406,
  },
  {
    name: "a stream that is not wanted",
    given: {
      target: "/v1/shelves/s/count",
      body: {},
      headers: { accept: "application/json" },
    },
    status: 406,
  },
  {
    name: "a form",
    given: {
      target: "/v1/everything",
      body: "a=b",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    },
    status: 415,
  },
  {
    name: "a body of no type",
    given: { target: "/v1/everything", body: "{}", headers: { "content-type": "" } },
    status: 415,
  },
  {
    name: "another charset",
    given: {
      target: "/v1/everything",
      body: "{}",
      headers: { "content-type": "application/json; charset=latin1" },
    },
    status: 415,
  },
  {
    name: "a compressed body",
    given: { target: "/v1/everything", body: "{}", headers: { "content-encoding": "gzip" } },
    status: 415,
  },
  {
    name: "a body over the limit",
    given: { target: "/v1/everything", body: new Uint8Array(1_048_577) },
    status: 413,
  },
  {
    name: "a JSON type with a suffix and a charset",
    given: {
      target: "/v1/everything",
      body: "{}",
      headers: { "content-type": 'application/merge-patch+json; charset="UTF-8"' },
    },
    status: 200,
  },
])("answers $name with $status", async ({ given, status, headers = {} }) => {
  const { transcoder } = createLibrary();
  expect(await ask(transcoder, given)).toMatchObject({ status, headers });
});

test("responses are written whole, a field of them, or raw", async () => {
  const { transcoder } = createLibrary();
  const book = { name: "", title: "Emma", genre: "GENRE_UNSPECIFIED", pages: 0, tags: [] };
  expect((await ask(transcoder, { target: "/v1/books/x" })).json()).toEqual(book);
  expect((await ask(transcoder, { target: "/v1/shelves/s/titles" })).json()).toEqual([
    "Emma",
    "Ulysses",
  ]);
  expect(await ask(transcoder, { target: "/v1/files/a" })).toMatchObject({
    status: 200,
    headers: { "content-type": "text/plain" },
    text: "hi",
  });
  expect(await ask(transcoder, { method: "DELETE", target: "/v1/books/x" })).toMatchObject({
    status: 200,
    text: "{}",
  });
});

test("a field that JSON leaves out is still a body", async () => {
  const { transcoder } = createLibrary({
    jsonOptions: { alwaysEmitImplicit: false },
    answer: (method) => create(method.output),
  });
  expect(await ask(transcoder, { target: "/v1/shelves/s/titles" })).toMatchObject({ text: "[]" });
  expect(await ask(transcoder, { target: "/v1/books/x" })).toMatchObject({ text: "{}" });
});

test("what the message holds comes back as it was", async () => {
  const registry = createRegistry(BookSchema, EverythingRequestSchema);
  const { transcoder } = createLibrary({ registry });
  const body = {
    large: "-9223372036854775808",
    huge: "18446744073709551615",
    ratio: 0.5,
    precise: -1e300,
    raw: "aGk=",
    genre: "SCIENCE",
    byFlag: { true: "FICTION" },
    maybe: 0,
    neither: null,
    metadata: { a: [1, "b", null, { c: true }] },
    value: null,
    list: [1],
    time: "2026-01-31T12:00:00.123456789Z",
    wait: "-1.500s",
    mask: "a.bC",
    wrapped: "7",
    any: { "@type": "type.googleapis.com/transcode.test.Book", title: "Emma" },
  };
  expect((await ask(transcoder, everything(body))).json()).toMatchObject({
    ...body,
    any: { title: "Emma" },
  });
});

test("a call may set status and headers", async () => {
  const { transcoder } = createLibrary({
    answer(_method, _message, context) {
      context.setStatus(202);
      context.setHeader("Location", "/v1/tasks/1");
      return create(BookSchema, { title: context.header("x-title") ?? "" });
    },
  });
  const response = await ask(transcoder, { target: "/v1/books/x", headers: { "x-title": "Emma" } });
  expect(response).toMatchObject({
    status: 202,
    headers: { "content-type": "application/json", location: "/v1/tasks/1" },
  });
  expect(response.json().title).toBe("Emma");
});

test("errors of a call are hidden by default and rendered by whoever knows them", async () => {
  const answer = () => Promise.reject(new Error("the password is swordfish"));
  const hidden = await ask(createLibrary({ answer }).transcoder, { target: "/v1/books/x" });
  expect(hidden.json()).toEqual({
    type: "about:blank",
    title: "Internal Server Error",
    status: 500,
  });
  const renderError = () => ({ status: 418, headers: { "x-a": "b" }, body: { teapot: true } });
  const known = await ask(createLibrary({ answer, renderError }).transcoder, {
    target: "/v1/books/x",
  });
  expect(known).toMatchObject({ status: 418, headers: { "x-a": "b" }, text: '{"teapot":true}' });
});

test.each([
  { header: "request-timeout", value: "0.02", timeoutMs: 20 },
  { header: "x-request-timeout", value: "20ms", timeoutMs: 20 },
  { header: "connect-timeout-ms", value: "20", timeoutMs: 20 },
  { header: "grpc-timeout", value: "20000u", timeoutMs: 20 },
] as const)(
  "$header: $value ends a call that does not end",
  async ({ header, value, timeoutMs }) => {
    let reason: unknown;
    const { transcoder } = createLibrary({
      timeoutHeaders: [header],
      answer(_method, _message, context) {
        expect(context.timeoutMs).toBeCloseTo(timeoutMs);
        context.signal.addEventListener("abort", () => {
          reason = context.signal.reason;
        });
        return new Promise(() => {});
      },
    });
    const response = await ask(transcoder, { target: "/v1/books/x", headers: { [header]: value } });
    expect(response).toMatchObject({ status: 504 });
    expect(reason).toMatchObject({ kind: "timeout" });
  },
);

test("a call that notices its deadline answers for itself", async () => {
  const { transcoder } = createLibrary({
    answer: (_method, _message, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(create(BookSchema, { title: "late" })));
      }),
  });
  const given = { target: "/v1/books/x", headers: { "request-timeout": "0.01" } };
  expect((await ask(transcoder, given)).json().title).toBe("late");
});

test("a call that fails after its deadline is not reported a second time", async () => {
  const reported: unknown[] = [];
  let fail: (error: Error) => void = () => {};
  const { transcoder } = createLibrary({
    answer: () =>
      new Promise((_, reject) => {
        fail = reject;
      }),
    renderError: (error) => {
      reported.push(error);
      return { status: 500, headers: {}, body: {} };
    },
  });
  await ask(transcoder, { target: "/v1/books/x", headers: { "request-timeout": "0.01" } });
  fail(new Error("too late"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(reported).toMatchObject([{ kind: "timeout" }]);
});

test("what a call answers at once is answered at once", () => {
  const { transcoder } = createLibrary({
    answer: () => create(BookSchema, { title: "Emma" }),
  });
  const request = { method: "GET", target: "/v1/books/x", header: () => undefined };
  expect(transcoder.handle(request)).toMatchObject({ status: 200 });
});

test("a renderer that fails is replaced", async () => {
  const { transcoder } = createLibrary({
    renderError: () => {
      throw new Error("the password is swordfish");
    },
  });
  const response = await ask(transcoder, { target: "/v1/nothing" });
  expect(response.json()).toEqual({
    type: "about:blank",
    title: "Internal Server Error",
    status: 500,
  });
});

test("a method that takes a stream of requests cannot have a rule", () => {
  const method = {
    ...Library.method.getBook,
    methodKind: "bidi_streaming",
  } as unknown as DescMethod;
  expect(() => createLibrary({ services: [], methods: [method] })).toThrowError(
    "takes a stream of requests",
  );
});
