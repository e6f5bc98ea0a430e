import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { type AddressInfo, Server } from "node:net";
import { expect, test, vi } from "vitest";
import { ask } from "./ask.js";

const folder = new URL("./readme/", import.meta.url);

test("every snippet of the README is one of those that run here", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const snippets = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) =>
    code.replace('"./gen/', '"../gen/'),
  );
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  expect(snippets.sort()).toEqual(sources.sort());
});

test("the quick start serves REST and Connect on one port", async () => {
  const listen = vi.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server) {
    listen.mockRestore();
    return this.listen(0, "127.0.0.1");
  });
  const { server } = await import("./readme/quick-start.js");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rest = await fetch(`${url}/v1/books/emma`);
  expect(await rest.json()).toMatchObject({ name: "emma", title: "Emma", pages: 474 });
  const connect = await fetch(`${url}/transcode.test.Library/GetBook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"name":"emma"}',
  });
  expect(await connect.json()).toEqual({ name: "emma", title: "Emma", pages: 474 });
  server.close();
  server.closeAllConnections();
});

test("plain calls are made without any server", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const { handle } = await import("./readme/plain-calls.js");
  const response = await handle(
    new Request("http://localhost/v1/books/emma", { headers: { "request-timeout": "1.5" } }),
  );
  expect(await response.json()).toMatchObject({ title: "Emma" });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(log).toHaveBeenCalledWith("GetBook", expect.objectContaining({ name: "emma" }), 1500);
  log.mockRestore();
});

test("streams carry ids and types", async () => {
  const { transcoder } = await import("./readme/streams.js");
  const { text } = await ask(transcoder, { target: "/v1/shelves/s/count", body: {} });
  expect(text).toMatch(/^id: 1\.1\nevent: book\ndata: \{/);
});

test("errors are rendered as the app has it", async () => {
  const { transcoder } = await import("./readme/errors.js");
  const known = await ask(transcoder, { target: "/v1/books/emma" });
  expect([known.status, known.json()]).toEqual([
    404,
    { title: "no such book", instance: "/v1/books/emma" },
  ]);
  expect((await ask(transcoder, { target: "/" })).headers).toEqual({ location: "/docs" });
  expect((await ask(transcoder, { target: "/v1/everything", body: { x: 1 } })).status).toBe(400);
});
