import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Smartcall } from "@smartcall/client";
import { fixtures } from "@smartcall/msw";
import { afterEach, expect, test } from "vitest";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A real server on a port of its own, and its address. */
async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a call goes over a real connection", async () => {
  const url = await listen((request, response) => {
    response.setHeader("content-type", "application/json");
    request.resume().on("end", () => response.end(JSON.stringify(fixtures.call.response)));
  });
  const task = await new Smartcall({ url }).call("summarizer", "hi");
  expect(task).toEqual(fixtures.call.response);
});

test.each([
  {
    name: "a signal",
    reason: "CANCELED",
    limits: (_timeoutMs: number, signal: AbortSignal) => ({ signal }),
  },
  {
    name: "a time limit",
    reason: "DEADLINE_EXCEEDED",
    limits: (timeoutMs: number) => ({ timeoutMs }),
  },
])("$name closes the connection, so that the gateway stops", async ({ reason, limits }) => {
  const controller = new AbortController();
  let isHeard = false;
  let markClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    markClosed = resolve;
  });
  const url = await listen((_, response) => {
    isHeard = true;
    response.on("close", markClosed);
    controller.abort();
  });
  // Whether the call is heard in time the machine decides; where it is not, more is given.
  for (const timeoutMs of [100, 1_000, 10_000]) {
    if (isHeard) break;
    const limit = limits(timeoutMs, controller.signal);
    const call = new Smartcall({ url, maxRetries: 0 }).call("summarizer", "hi", limit);
    await expect(call).rejects.toMatchObject({ reason });
  }
  await closed;
});

test("a gateway that goes away in the middle of an answer is an error, not half a task", async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
    response.write('{"id":"half"', () => response.destroy());
  });
  await expect(new Smartcall({ url }).tasks.get("a")).rejects.toMatchObject({
    reason: "GATEWAY_UNREACHABLE",
    retryable: false,
  });
});

test("a gateway that is not there is an error that names its address", async () => {
  // Nobody listens there, nor ever will.
  const url = "http://127.0.0.1:2";
  const error = await new Smartcall({ url }).tasks.get("a").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    reason: "GATEWAY_UNREACHABLE",
    message: expect.stringMatching(`${url}.*ECONNREFUSED`),
  });
});
