import { expect, onTestFinished, test } from "vitest";
import { userMessage } from "./testing/create-open.js";
import { dialFake } from "./testing/dial-fake.js";
import { callOver, startFakeGateway } from "./testing/fake-gateway.js";
import { spawnAgent } from "./testing/spawn-agent.js";

const slow = `
  import { attach, defineAgent, serve, textOf } from "@smartcall/agent";
  const slow = defineAgent({
    name: "slow",
    description: "Waits for a message.",
    run: async (_, { ask }) => textOf(await ask("go on?")),
  });
`;

async function attachedProcess(url: string) {
  const agent = spawnAgent(`${slow} attach([slow]);`, { SMARTCALL_URL: url });
  onTestFinished(() => void agent.stop());
  await agent.logged("attached to the gateway");
  return agent;
}

test("a process that dies ends its 1,000 calls INSTANCE_LOST at once, the next one works", async () => {
  const gateway = await startFakeGateway();
  onTestFinished(() => gateway.stop());
  const agent = await attachedProcess(gateway.url);
  const link = gateway.attached();
  const calls = Array.from({ length: 1_000 }, () => callOver(link, { agent: "slow" }));
  await expect.poll(() => calls.every(({ events }) => events.length === 1)).toBe(true);
  const since = performance.now();
  agent.child.kill("SIGKILL");
  const ends = await Promise.all(calls.map(({ closed }) => closed));
  // A link is held lost after 30 s of silence: so soon only the broken socket can tell.
  expect(performance.now() - since).toBeLessThan(20_000);
  for (const { outcome } of ends) expect(outcome).toMatchObject({ reason: "INSTANCE_LOST" });
  await attachedProcess(gateway.url);
  const { exchange, events, closed } = callOver(gateway.attached(), { agent: "slow" });
  await expect.poll(() => events.length).toBe(1);
  exchange.send(userMessage("yes"));
  expect((await closed).outcome.reason).toBeUndefined();
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "on %s an attached process lets its calls end and exits with 0",
  async (signal) => {
    const gateway = await startFakeGateway();
    onTestFinished(() => gateway.stop());
    const agent = await attachedProcess(gateway.url);
    const link = gateway.attached();
    const running = callOver(link, { agent: "slow" });
    await expect.poll(() => running.events.length).toBe(1);
    agent.child.kill(signal);
    await expect.poll(() => link.usable).toBe(false);
    running.exchange.send(userMessage("yes"));
    expect((await running.closed).outcome.reason).toBeUndefined();
    expect(await agent.exited).toEqual({ code: 0, signal: null });
  },
);

test("a second signal ends a process that still waits for its calls", async () => {
  const gateway = await startFakeGateway();
  onTestFinished(() => gateway.stop());
  const agent = await attachedProcess(gateway.url);
  const link = gateway.attached();
  const running = callOver(link, { agent: "slow" });
  await expect.poll(() => running.events.length).toBe(1);
  agent.child.kill("SIGINT");
  await expect.poll(() => link.usable).toBe(false);
  agent.child.kill("SIGINT");
  expect(await agent.exited).toEqual({ code: null, signal: "SIGINT" });
});

test("on SIGTERM a serving process with a gateway on its link exits with 0", async () => {
  const agent = spawnAgent(`${slow} await serve([slow]);`);
  onTestFinished(() => void agent.stop());
  const { url } = await agent.logged("serving agents");
  const { register, closed } = await dialFake(String(url));
  expect((await register).cards).toHaveLength(1);
  agent.child.kill("SIGTERM");
  expect(await agent.exited).toEqual({ code: 0, signal: null });
  await closed;
});

test("a process that closes its attachment has nothing left that keeps it alive", async () => {
  const gateway = await startFakeGateway();
  onTestFinished(() => gateway.stop());
  const agent = spawnAgent(
    `${slow}
    const attachment = attach([slow], { gateway: ${JSON.stringify(gateway.url)} });
    await attachment.ready;
    await attachment.close();
    const server = await serve([slow]);
    await server.close();`,
  );
  onTestFinished(() => void agent.stop());
  expect(await agent.exited).toEqual({ code: 0, signal: null });
});
