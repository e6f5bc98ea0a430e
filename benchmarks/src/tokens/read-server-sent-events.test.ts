import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readServerSentEvents } from "./read-server-sent-events.ts";

async function serve(status: number, pieces: readonly string[]): Promise<string> {
  const server = createServer(async (_, response) => {
    response.writeHead(status);
    for (const piece of pieces) await new Promise((resolve) => response.write(piece, resolve));
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const stream = "id: e.1\ndata: {}\n\nid: e.2\ndata: {}\n\nevent: end\ndata: {}\n\n";

test("events are counted however the stream is cut into pieces", async () => {
  const url = await serve(200, [...stream]);
  expect(await readServerSentEvents(url, { method: "GET" })).toMatchObject({ events: 3 });
});

test.each([
  { name: "a stream that stops before its end", status: 200, text: stream.slice(0, 20) },
  { name: "an error", status: 503, text: stream },
])("$name is an error", async ({ status, text }) => {
  const url = await serve(status, [text]);
  await expect(readServerSentEvents(url, { method: "GET" })).rejects.toThrow(url);
});
