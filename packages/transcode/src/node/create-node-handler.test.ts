import { once } from "node:events";
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  constants,
  createServer,
} from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { create, type Message } from "@bufbuild/protobuf";
import { expect, onTestFinished, test } from "vitest";
import { BookSchema } from "../../test/gen/library_pb.js";
import { createLibrary } from "../../test/library-service.js";
import { serve } from "../../test/serve.js";
import type { CallContext } from "../index.js";
import { createNodeHandler, type NodeHandlerOptions } from "./create-node-handler.js";
import type { NodeHandler } from "./node-handler.js";

type LibraryOptions = Parameters<typeof createLibrary>[0];

async function serveLibrary(options: LibraryOptions = {}, handlerOptions: NodeHandlerOptions = {}) {
  const { transcoder, calls } = createLibrary(options);
  return { url: await serve(createNodeHandler(transcoder, handlerOptions)), calls };
}

const countTo = (body: object, accept?: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...(accept ? { accept } : undefined) },
  body: JSON.stringify(body),
});

test("a request goes through with its body, its length and its answer", async () => {
  const { url, calls } = await serveLibrary();
  const response = await fetch(`${url}/v1/shelves/a%2Fb/books`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "Émma", tags: Array.from({ length: 20_000 }, () => "x") }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-length")).toBe(
    String(Buffer.byteLength(await response.clone().text())),
  );
  expect(await response.json()).toMatchObject({ title: "Emma" });
  expect(calls[0]?.message).toMatchObject({ shelf: "a/b", book: { title: "Émma" } });
});

test("HEAD answers what GET would, without the body", async () => {
  const { url } = await serveLibrary();
  const got = await fetch(`${url}/v1/books/x`);
  const head = await fetch(`${url}/v1/books/x`, { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(head.headers.get("content-length")).toBe(got.headers.get("content-length"));
  expect(await head.text()).toBe("");
});

test("what no rule fits is left to whoever serves the rest", async () => {
  const { url } = await serveLibrary({}, { onUnmatched: (_, response) => response.end("docs") });
  expect(await (await fetch(`${url}/docs`)).text()).toBe("docs");
  const { url: alone } = await serveLibrary();
  expect((await fetch(`${alone}/docs`)).status).toBe(404);
});

test.each([
  { name: "that says its length", head: "content-length: 10485760" },
  { name: "that comes in chunks", head: "transfer-encoding: chunked" },
])("a body over the limit $name is refused before it has been sent", async ({ head }) => {
  const { url, calls } = await serveLibrary({ limits: { maxBodyBytes: 1000 } });
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(
    `POST /v1/everything HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${head}\r\n\r\n`,
  );
  socket.write(`7d0\r\n${" ".repeat(2000)}\r\n`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer.toString()).toMatch(/connection: close/i);
  await once(socket, "close");
  expect(calls).toEqual([]);
});

test("a stream is server-sent events by default, with ids and types when asked for", async () => {
  const { url } = await serveLibrary({
    sse: (message) => ({
      id: `1.${(message as Message & { pages: number }).pages}`,
      event: "b\nook",
    }),
    jsonOptions: { alwaysEmitImplicit: false },
  });
  const response = await fetch(`${url}/v1/shelves/s/count`, countTo({ to: 2 }));
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  expect(await response.text()).toBe(
    'id: 1.1\nevent: book\ndata: {"pages":1}\n\nid: 1.2\nevent: book\ndata: {"pages":2}\n\n',
  );
});

test.each([
  { accept: "application/x-ndjson", type: "application/x-ndjson" },
  { accept: "text/event-stream;q=0.5, application/x-ndjson", type: "application/x-ndjson" },
  { accept: "text/*, application/*;q=0.9", type: "text/event-stream" },
  { accept: "application/*", type: "application/x-ndjson" },
  { accept: "*/*", type: "text/event-stream" },
])("Accept: $accept is answered with $type", async ({ accept, type }) => {
  const { url } = await serveLibrary();
  const response = await fetch(`${url}/v1/shelves/s/count`, countTo({ to: 1 }, accept));
  expect(response.headers.get("content-type")).toBe(type);
  await response.text();
});

test("a stream that fails before its first message has the status of the error", async () => {
  const { url } = await serveLibrary();
  const response = await fetch(`${url}/v1/shelves/s/count`, countTo({ to: 2, failAt: 1 }));
  expect(response.status).toBe(500);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
});

test("a stream that fails later says so before it ends", async () => {
  const { url } = await serveLibrary({ jsonOptions: { alwaysEmitImplicit: false } });
  const problem = '{"type":"about:blank","title":"Internal Server Error","status":500}';
  const events = await fetch(`${url}/v1/shelves/s/count`, countTo({ to: 2, failAt: 2 }));
  expect(await events.text()).toBe(`data: {"pages":1}\n\nevent: error\ndata: ${problem}\n\n`);
  const lines = await fetch(
    `${url}/v1/shelves/s/count`,
    countTo({ to: 2, failAt: 2 }, "application/x-ndjson"),
  );
  expect(await lines.text()).toBe(`{"pages":1}\n{"error":${problem}}\n`);
});

test("messages that come as a list arrive one by one, in order", async () => {
  const { url } = await serveLibrary({
    jsonOptions: { alwaysEmitImplicit: false },
    async *answer() {
      yield create(BookSchema, { pages: 1 });
      yield [2, 3].map((pages) => create(BookSchema, { pages }));
    },
  });
  const events = await fetch(`${url}/v1/shelves/s/count`, countTo({}));
  expect(await events.text()).toBe(
    [1, 2, 3].map((pages) => `data: {"pages":${pages}}\n\n`).join(""),
  );
});

test("a stream that holds nothing is an empty body", async () => {
  const { url } = await serveLibrary();
  const response = await fetch(`${url}/v1/shelves/s/count`, countTo({ to: 0 }));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

test("raw bodies stream as they are", async () => {
  const { url } = await serveLibrary();
  const response = await fetch(`${url}/v1/files/a/b:stream`);
  expect(response.headers.get("content-type")).toBe("text/csv");
  expect(await response.text()).toBe("one two");
});

test("a raw stream that fails cuts the connection", async () => {
  let reported: unknown;
  const { url } = await serveLibrary(
    {
      async *answer(method) {
        yield create(method.output);
        yield { ...create(method.output), data: new Uint8Array(10) } as Message;
        throw new Error("the disk broke");
      },
    },
    {
      onStreamError: (error) => {
        reported = error;
      },
    },
  );
  const response = await fetch(`${url}/v1/files/a:stream`);
  await expect(response.text()).rejects.toThrow();
  expect(reported).toMatchObject({ message: "the disk broke" });
});

test("a silent stream of events has heartbeats, and its next message is not lost", async () => {
  let go: () => void = () => {};
  const waiting = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { url } = await serveLibrary({
    heartbeatMs: 5,
    jsonOptions: { alwaysEmitImplicit: false },
    async *answer() {
      yield create(BookSchema, { pages: 1 });
      await waiting;
      yield create(BookSchema, { pages: 2 });
    },
  });
  const response = await fetch(`${url}/v1/shelves/s/count`, countTo({}));
  let text = "";
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (text.includes(":\n\n:\n\n")) {
      go();
    }
  }
  expect(text).toMatch(/^data: \{"pages":1\}\n\n(?::\n\n){2,}data: \{"pages":2\}\n\n$/);
});

test("a stream of events whose first is late begins without it, and loses neither it nor its error", async () => {
  let go: () => void = () => {};
  const { url } = await serveLibrary({
    heartbeatMs: 60_000,
    firstMessageMs: 5,
    jsonOptions: { alwaysEmitImplicit: false },
    async *answer() {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      yield create(BookSchema, { pages: 1 });
      throw new Error("the shelf broke");
    },
  });
  const response = await fetch(`${url}/v1/shelves/s/count`, countTo({}));
  expect(response.status).toBe(200);
  go();
  expect(await response.text()).toMatch(
    /^:\n\ndata: \{"pages":1\}\n\nevent: error\ndata: \{.*\}\n\n$/,
  );
});

test("a client that goes away aborts a waiting call and ends a stream", async () => {
  const gone: string[] = [];
  const { url } = await serveLibrary({
    answer: (method, _message, context) =>
      method.name === "CountBooks" ? endless(context) : untilAborted(context),
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  async function untilAborted({ signal }: CallContext): Promise<never> {
    begin();
    await once(signal, "abort");
    gone.push((signal.reason as { kind: string }).kind);
    throw signal.reason;
  }
  async function* endless({ signal }: CallContext): AsyncIterable<Message> {
    signal.addEventListener("abort", () => gone.push("stream"));
    try {
      yield create(BookSchema, { pages: 1 });
      await once(signal, "abort");
    } finally {
      gone.push("returned");
    }
  }
  const call = new AbortController();
  const waiting = fetch(`${url}/v1/books/x`, { signal: call.signal });
  await begun;
  const stream = new AbortController();
  const streaming = await fetch(`${url}/v1/shelves/s/count`, {
    ...countTo({}),
    signal: stream.signal,
  });
  await streaming.body?.getReader().read();
  call.abort();
  await expect(waiting).rejects.toThrow();
  stream.abort();
  await expect.poll(() => gone.toSorted()).toEqual(["canceled", "returned", "stream"]);
});

test("a slow reader holds the call back", async () => {
  let made = 0;
  const { url } = await serveLibrary({
    async *answer() {
      for (; made < 10_000; made++) {
        yield create(BookSchema, { title: "x".repeat(10_000) });
      }
    },
  });
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.pause();
  socket.write(
    "POST /v1/shelves/s/count HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
  );
  let before = -1;
  await expect
    .poll(
      () => {
        const still = made > 0 && made === before;
        before = made;
        return still;
      },
      { interval: 200 },
    )
    .toBe(true);
  expect(made).toBeLessThan(5000);
  socket.destroy();
});

test.each([
  { name: "HTTP/1.1", read: readNothingOfHttp1 },
  { name: "HTTP/2", read: readNothingOfHttp2 },
])(
  "a client of $name that takes nothing for too long is cut, and its call ends",
  async ({ read }) => {
    let leave = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const { transcoder } = createLibrary({
      async *answer() {
        try {
          while (true) yield create(BookSchema, { title: "x".repeat(100_000) });
        } finally {
          leave();
        }
      },
    });
    const handler = createNodeHandler(transcoder, { stallTimeoutMs: 50 });
    await read(handler);
    await left;
  },
);

test("a large message of a stream is written a piece at a time, whole", async () => {
  const title = "é".repeat(1_000_000);
  const { transcoder } = createLibrary({
    async *answer() {
      yield create(BookSchema, { title });
    },
  });
  const handler = createNodeHandler(transcoder, { stallTimeoutMs: 60_000 });
  const sizes: number[] = [];
  const url = await serve((request, response) => {
    const write = response.write.bind(response) as (chunk: Uint8Array) => boolean;
    response.write = (chunk: Uint8Array) => {
      sizes.push(Buffer.byteLength(chunk));
      return write(chunk);
    };
    handler(request, response);
  });
  const response = await fetch(`${url}/v1/shelves/s/count`, countTo({}, "application/x-ndjson"));
  expect(JSON.parse(await response.text())).toMatchObject({ title });
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1_024);
});

test("HTTP/2 is served by the same handler", async () => {
  const { transcoder, calls } = createLibrary();
  const client = await serveHttp2(createNodeHandler(transcoder));
  const stream = client.request({
    ":method": "POST",
    ":path": "/v1/shelves/s/books",
    "content-type": "application/json",
  });
  stream.end('{"title":"Emma"}');
  const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
  expect(headers[":status"]).toBe(200);
  let text = "";
  for await (const chunk of stream) {
    text += chunk;
  }
  expect(JSON.parse(text)).toMatchObject({ title: "Emma" });
  expect(calls[0]?.message).toMatchObject({ shelf: "s", book: { title: "Emma" } });
});

test("a client that resets its HTTP/2 stream aborts the call, one that is answered does not", async () => {
  const aborted: unknown[] = [];
  const { transcoder } = createLibrary({
    async *answer(_method, _message, { signal }) {
      signal.addEventListener("abort", () => aborted.push(signal.reason));
      yield create(BookSchema, { pages: 1 });
      if ((_message as unknown as { to: number }).to === 0) {
        await once(signal, "abort");
      }
    },
  });
  const client = await serveHttp2(createNodeHandler(transcoder));
  const ask = (body: string) => {
    const head = { ":method": "POST", ":path": "/v1/shelves/s/count" };
    return client.request({ ...head, "content-type": "application/json" }).end(body);
  };
  const whole = ask('{"to":1}');
  whole.resume();
  await once(whole, "close");
  expect(aborted).toEqual([]);
  const left = ask("{}");
  await once(left, "data");
  left.close(constants.NGHTTP2_CANCEL);
  await expect.poll(() => aborted).toMatchObject([{ kind: "canceled" }]);
});

test("a header that cannot be sent is an error, not the end of the process", async () => {
  const { url } = await serveLibrary({
    answer(_method, _message, context) {
      context.setHeader("x-name", "line\nbreak");
      return create(BookSchema);
    },
  });
  const response = await fetch(`${url}/v1/books/x`);
  expect(response.status).toBe(500);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ status: 500 });
});

test("a call that answers 204 has no body", async () => {
  const { url } = await serveLibrary({
    answer(_method, _message, context) {
      context.setStatus(204);
      return create(BookSchema);
    },
  });
  const response = await fetch(`${url}/v1/books/x`);
  expect(response.status).toBe(204);
  expect(response.headers.get("content-type")).toBeNull();
  expect(await response.text()).toBe("");
});

async function serveHttp2(handler: NodeHandler): Promise<ClientHttp2Session> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    client.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return client;
}

async function readNothingOfHttp1(handler: NodeHandler): Promise<void> {
  const socket = connect(Number(new URL(await serve(handler)).port), "127.0.0.1");
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write(
    "POST /v1/shelves/s/count HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
  );
}

async function readNothingOfHttp2(handler: NodeHandler): Promise<void> {
  const client = await serveHttp2(handler);
  const stream = client.request({
    ":method": "POST",
    ":path": "/v1/shelves/s/count",
    "content-type": "application/json",
  });
  stream.on("error", () => {});
  onTestFinished(() => void client.destroy());
  stream.end("{}");
}
