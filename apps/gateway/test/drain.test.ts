import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { defineAgent } from "@smartcall/agent";
import { CommunicationService, Task_State } from "@smartcall/protocol/proto";
import { expect, test } from "vitest";
import { get, post, startGateway } from "./fixtures.js";
import { dialSession } from "./realtime-client.js";

/** A gateway whose agent answers when it is told to. */
async function startWithGate(drainMs = 30_000) {
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<string>();
  const agent = defineAgent({
    name: "gate",
    description: "Waits for its gate.",
    run: () => {
      begun.resolve();
      return gate.promise;
    },
  });
  const door = await startGateway({ inProcess: [agent], limits: { drainMs } });
  return Object.assign(door, { begun: begun.promise, open: () => gate.resolve("open") });
}

test("a running RPC may finish while the gateway drains", async () => {
  await using door = await startWithGate();
  const transport = createGrpcTransport({ baseUrl: door.url });
  const client = createClient(CommunicationService, transport);
  const answer = client.call({ agent: "gate", input: { case: "text", value: "" } });
  await door.begun;
  const closed = door.gateway.close();
  door.open();
  expect(await answer).toMatchObject({ state: Task_State.COMPLETED });
  await closed;
});

test("a task that the drain cut short is not to be repeated blindly, for it has run", async () => {
  await using door = await startWithGate(1);
  const answer = post(`${door.url}/v1/agents/gate/calls`, { text: "" });
  await door.begun;
  await door.gateway.close().catch(() => undefined);
  const { body } = await answer.catch(() => ({ body: undefined }));
  expect(body).toMatchObject({ state: "FAILED", error: { reason: "DRAINING", retryable: false } });
});

test("a gateway whose process stands still while it drains has its last word all the same", async () => {
  await using door = await startWithGate(100);
  const answer = post(`${door.url}/v1/agents/gate/calls`, { text: "" });
  const session = await dialSession("smartcall.v1.json", door.url);
  await door.begun;
  const closed = door.gateway.close();
  await session.drained;
  // Nothing of this process runs, and all its timers have run out.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
  expect((await answer).body).toMatchObject({ error: { reason: "DRAINING" } });
  expect(await session.closed).toMatchObject({ reason: "DRAINING" });
  await expect.poll(() => session.closeCode).toBe(4_200);
  await closed;
});

test("a connection that says nothing does not hold the gateway open", async () => {
  await using door = await startWithGate();
  const socket = connect(door.port, "127.0.0.1");
  await once(socket, "connect");
  await get(`${door.url}/healthz`);
  await door.gateway.close();
});

test("a connection kept alive after the last call does not hold the gateway open", async () => {
  await using door = await startWithGate();
  const agent = new Agent({ keepAlive: true });
  const sent = request(`${door.url}/v1/agents/gate/calls`, {
    agent,
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  sent.end('{"text":""}');
  await door.begun;
  const closed = door.gateway.close();
  door.open();
  const [response] = await once(sent, "response");
  response.resume();
  await closed;
  agent.destroy();
});

test("an idle HTTP/2 connection does not hold the gateway open", async () => {
  await using door = await startWithGate();
  const session = connectHttp2(door.url);
  await once(session, "remoteSettings");
  await door.gateway.close();
});

test("who closes it a second time waits as long as the first", async () => {
  await using door = await startWithGate();
  const answer = post(`${door.url}/v1/agents/gate/calls`, { text: "" });
  await door.begun;
  let isClosed = false;
  const first = door.gateway.close().then(() => {
    isClosed = true;
  });
  const second = door.gateway.close().then(() => isClosed);
  door.open();
  await answer;
  await first;
  expect(await second).toBe(true);
});
