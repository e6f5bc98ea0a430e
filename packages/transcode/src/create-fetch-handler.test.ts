import { expect, test } from "vitest";
import { createLibrary } from "../test/library-service.js";
import { createFetchHandler } from "./create-fetch-handler.js";

const post = (path: string, body: string) =>
  new Request(`https://books.example${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });

test("requests of the Fetch standard are answered", async () => {
  const { transcoder, calls } = createLibrary();
  const handle = createFetchHandler(transcoder);
  const response = await handle(post("/v1/shelves/s/books?validateOnly=true", '{"title":"Emma"}'));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ title: "Emma" });
  expect(calls[0]?.message).toMatchObject({ shelf: "s", validateOnly: true });
  expect((await handle(post("/v1/everything", "{"))).status).toBe(400);
  expect((await handle(new Request("https://books.example/"))).status).toBe(404);
});

test("streams are read as they come, and end with their reader", async () => {
  const { transcoder } = createLibrary();
  const handle = createFetchHandler(transcoder);
  const response = await handle(post("/v1/shelves/s/count", '{"to":3}'));
  expect((await response.text()).match(/data: /g)).toHaveLength(3);
  const left = await handle(post("/v1/shelves/s/count", '{"to":1000000000}'));
  const reader = left.body?.getReader();
  await reader?.read();
  await reader?.cancel();
});

test("HEAD has no body, a body over the limit is refused, the rest is somebody else's", async () => {
  const { transcoder } = createLibrary({ limits: { maxBodyBytes: 10 } });
  const handle = createFetchHandler(transcoder, { onUnmatched: () => new Response("docs") });
  const head = await handle(new Request("https://books.example/v1/books/x", { method: "HEAD" }));
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect((await handle(post("/v1/everything", " ".repeat(11)))).status).toBe(413);
  expect(await (await handle(new Request("https://books.example/docs"))).text()).toBe("docs");
});
