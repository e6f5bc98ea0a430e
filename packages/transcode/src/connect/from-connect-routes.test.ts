import { create, type MessageInitShape, toJson } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createClient,
  type HandlerContext,
  type Interceptor,
} from "@connectrpc/connect";
import { connectNodeAdapter, createConnectTransport } from "@connectrpc/connect-node";
import { expect, test } from "vitest";
import { BookSchema, Library } from "../../test/gen/library_pb.js";
import { serve } from "../../test/serve.js";
import { createTranscoder } from "../index.js";
import { createNodeHandler } from "../node/create-node-handler.js";
import { fromConnectRoutes } from "./from-connect-routes.js";

type BookInit = MessageInitShape<typeof BookSchema>;

const routes = (router: ConnectRouter) =>
  router.service(Library, {
    getBook({ name }, context: HandlerContext): BookInit {
      context.responseHeader.set("x-shelf", context.requestHeader.get("x-shelf") ?? "none");
      context.responseTrailer.set("x-read", "1");
      switch (name) {
        case "gone":
          throw new ConnectError("no such book", Code.NotFound, { "x-why": "burnt" });
        case "broken":
          throw new Error("the password is swordfish");
        default:
          return { name, title: "Emma", pages: 474 };
      }
    },
    async *countBooks({ to, failAt }, context: HandlerContext) {
      context.responseHeader.set("x-to", String(to));
      for (let pages = 1; pages <= to; pages++) {
        if (pages === failAt) {
          throw new ConnectError("the shelf broke", Code.DataLoss);
        }
        yield { pages };
      }
    },
  });

async function serveRest(interceptors?: Interceptor[]): Promise<string> {
  const connect = fromConnectRoutes(routes, interceptors ? { interceptors } : {});
  return serve(createNodeHandler(createTranscoder(connect)));
}

test("one service answers the same over Connect and over REST", async () => {
  const rest = await serveRest();
  const baseUrl = await serve(connectNodeAdapter({ routes }));
  const client = createClient(Library, createConnectTransport({ baseUrl, httpVersion: "1.1" }));
  const options = { alwaysEmitImplicit: true };

  const got = await fetch(`${rest}/v1/books/a%2Fb`, { headers: { "x-shelf": "7" } });
  expect(got.headers.get("x-shelf")).toBe("7");
  expect(got.headers.get("trailer-x-read")).toBe("1");
  expect(await got.json()).toEqual(
    toJson(BookSchema, await client.getBook({ name: "a/b" }), options),
  );

  const lines = await fetch(`${rest}/v1/shelves/s/count`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/x-ndjson" },
    body: '{"to":3}',
  });
  expect(lines.headers.get("x-to")).toBe("3");
  const books = (await lines.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  const counted = [];
  for await (const book of client.countBooks({ to: 3 })) {
    counted.push(toJson(BookSchema, book, options));
  }
  expect(books).toEqual(counted);
});

test.each([
  { name: "gone", status: 404, body: { code: "not_found", detail: "no such book" } },
  { name: "broken", status: 500, body: { title: "Internal Server Error" } },
])("an error over Connect has the same status over REST: $name", async ({ name, status, body }) => {
  const rest = await fetch(`${await serveRest()}/v1/books/${name}`);
  const baseUrl = await serve(connectNodeAdapter({ routes }));
  const connect = await fetch(`${baseUrl}/transcode.test.Library/GetBook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  expect([rest.status, connect.status]).toEqual([status, status]);
  expect(rest.headers.get("x-why")).toBe(connect.headers.get("x-why"));
  const problem = await rest.text();
  expect(JSON.parse(problem)).toMatchObject({ status, ...body });
  expect(problem).not.toContain("swordfish");
});

test("a stream that fails in the middle names the code", async () => {
  const response = await fetch(`${await serveRest()}/v1/shelves/s/count`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"to":3,"failAt":2}',
  });
  const last = (await response.text()).trim().split("\n\n").at(-1) ?? "";
  expect(last).toMatch(/^event: error\ndata: /);
  expect(JSON.parse(last.slice(last.indexOf("{")))).toMatchObject({ code: "data_loss" });
});

test("a method that is not implemented is 501", async () => {
  const response = await fetch(`${await serveRest()}/v1/shelves/s/books`);
  expect(response.status).toBe(501);
});

test("interceptors run around calls and streams", async () => {
  const seen: string[] = [];
  const rest = await serveRest([
    (next) => async (request) => {
      seen.push(`${request.method.name} ${request.requestMethod} ${request.url}`);
      const response = await next(request);
      response.header.set("x-seen", "yes");
      return response;
    },
  ]);
  const got = await fetch(`${rest}/v1/books/a?revision=1`);
  expect(got.headers.get("x-seen")).toBe("yes");
  const stream = await fetch(`${rest}/v1/shelves/s/count`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"to":1}',
  });
  expect(stream.headers.get("x-seen")).toBe("yes");
  await stream.text();
  expect(seen).toEqual([
    "GetBook GET /v1/books/a?revision=1",
    "CountBooks POST /v1/shelves/s/count",
  ]);
});

test("handlers see the deadline and the client's leaving", async () => {
  const ended: unknown[] = [];
  const connect = fromConnectRoutes((router) =>
    router.rpc(Library.method.getBook, async (_request, { signal, timeoutMs }) => {
      ended.push((timeoutMs() ?? 0) > 0);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      ended.push(signal.aborted);
      return create(BookSchema);
    }),
  );
  const rest = await serve(createNodeHandler(createTranscoder(connect)));
  await fetch(`${rest}/v1/books/a`, { headers: { "request-timeout": "0.02" } });
  expect(ended).toEqual([true, true]);
});
