import { defineAgent, serve } from "@smartcall/agent";
import { expect, test } from "vitest";
import { get, post, silentLog, startGateway, testAgents } from "./fixtures.js";

const silent = { signals: false, log: silentLog };

test("dials the link of an agent that the configuration names, and learns its card", async () => {
  await using agents = await serve(testAgents, silent);
  await using door = await startGateway({ inProcess: [], agents: [{ url: agents.url }] });
  await expect.poll(async () => (await get(`${door.url}/v1/agents/echo`)).status).toBe(200);
  const { body } = await post(`${door.url}/v1/agents/echo/calls`, { text: "over a link" });
  expect(body).toMatchObject({ state: "COMPLETED", output: { parts: [{ text: "over a link" }] } });
  const { body: listed } = await get(`${door.url}/v1/agents/echo/instances`);
  expect(listed["instances"]).toMatchObject([{ upstream: "LINK", address: agents.url }]);
});

test("dials Execute where it is told to, and describes what stands there", async () => {
  await using agents = await serve(testAgents, silent);
  const config = { url: agents.url, protocol: "execute" } as const;
  await using door = await startGateway({ inProcess: [], agents: [config] });
  await expect.poll(async () => (await get(`${door.url}/v1/agents/words`)).status).toBe(200);
  const { body } = await post(`${door.url}/v1/agents/words/calls`, { text: "" });
  expect(body).toMatchObject({
    state: "COMPLETED",
    output: { parts: [{ text: "one two three" }] },
  });
  const { body: listed } = await get(`${door.url}/v1/agents/words/instances`);
  expect(listed["instances"]).toMatchObject([{ upstream: "GRPC", state: "READY" }]);
});

test("an agent is registered, called, changed and removed over the API", async () => {
  await using agents = await serve(testAgents, silent);
  await using door = await startGateway({ inProcess: [] });
  const card = { name: "echo", description: "registered" };
  const created = await post(`${door.url}/v1/agents`, {
    card,
    endpoints: [{ url: agents.url, protocol: "EXECUTE" }],
  });
  expect(created).toMatchObject({ status: 200, body: { name: "echo", card } });
  const twice = await post(`${door.url}/v1/agents`, { card, endpoints: [{ url: agents.url }] });
  expect(twice).toMatchObject({ status: 409, body: { reason: "AGENT_EXISTS" } });

  await expect
    .poll(async () => (await get(`${door.url}/v1/agents/echo`)).body["readyInstances"])
    .toBe(1);
  const { body } = await post(`${door.url}/v1/agents/echo/calls`, { text: "x" });
  expect(body).toMatchObject({ state: "COMPLETED" });

  const patched = await fetch(`${door.url}/v1/agents/echo?updateMask=description`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "echo", description: "changed" }),
  });
  expect(await patched.json()).toMatchObject({ card: { name: "echo", description: "changed" } });

  const removed = await fetch(`${door.url}/v1/agents/echo`, { method: "DELETE" });
  expect(removed.status).toBe(200);
  expect((await get(`${door.url}/v1/agents/echo`)).status).toBe(404);
});

test("an agent that is not there yet is dialled until it is", async () => {
  const first = await serve(testAgents, silent);
  const { url } = first;
  await first.close();
  await using door = await startGateway({
    inProcess: [],
    agents: [{ url, name: "echo", description: "comes later" }],
  });
  const early = await post(`${door.url}/v1/agents/echo/calls`, { text: "x" });
  expect(early).toMatchObject({ status: 503, body: { reason: "AGENT_UNAVAILABLE" } });
  await using _late = await serve(testAgents, { ...silent, port: Number(new URL(url).port) });
  await expect
    .poll(async () => (await post(`${door.url}/v1/agents/echo/calls`, { text: "x" })).status)
    .toBe(200);
});

for (const protocol of ["LINK", "EXECUTE"]) {
  test(`what runs on an agent that is removed may finish: ${protocol}`, async () => {
    const gate = Promise.withResolvers<string>();
    const card = { name: "gate", description: "Waits for its gate." };
    await using agents = await serve([defineAgent({ ...card, run: () => gate.promise })], silent);
    await using door = await startGateway({ inProcess: [] });
    await post(`${door.url}/v1/agents`, { card, endpoints: [{ url: agents.url, protocol }] });
    const agent = `${door.url}/v1/agents/gate`;
    await expect.poll(async () => (await get(agent)).body["readyInstances"]).toBe(1);
    const { body } = await post(`${agent}/calls`, { text: "" }, { prefer: "respond-async" });
    expect((await fetch(agent, { method: "DELETE" })).status).toBe(200);
    expect((await post(`${agent}/calls`, { text: "" })).status).toBe(404);
    gate.resolve("done");
    const ended = await get(`${door.url}/v1/tasks/${body["id"]}?wait=30s`);
    expect(ended.body).toMatchObject({ state: "COMPLETED", output: { parts: [{ text: "done" }] } });
  });
}
