import { defineAgent } from "@smartcall/agent";
import { Smartcall, type SmartcallOptions } from "@smartcall/client";
import { createGateway } from "@smartcall/gateway";
import { createFaultProxy } from "@smartcall/testing";
import { expect, test } from "vitest";

/** Something that happens once. */
function createGate<Value>() {
  let open = (_value: Value) => {};
  const promise = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { promise, resolve: (value: Value) => open(value) };
}

/** One run of the agent. */
class Run {
  readonly begun = createGate<void>();
  readonly aborted = createGate<number>();
  readonly release = createGate<void>();
  count = 0;
}

/** A real gateway behind a proxy that does harm, and an agent that says when it begins and ends. */
async function setUp(options: SmartcallOptions = {}) {
  const runs = new Map<string, Run>();
  const runOf = (name: string) => {
    const run = runs.get(name) ?? new Run();
    runs.set(name, run);
    return run;
  };
  const worker = defineAgent({
    name: "worker",
    description: "Works until it is let go.",
    async run(message, { signal }) {
      const run = runOf(String(message.parts[0]?.content.value));
      run.count += 1;
      signal.addEventListener("abort", () => run.aborted.resolve(performance.now()));
      run.begun.resolve();
      await Promise.race([run.release.promise, run.aborted.promise]);
      return "done";
    },
  });
  const gateway = createGateway({ port: 0, inProcess: [worker], limits: { drainMs: 100 } });
  const { port } = await gateway.listen();
  const proxy = await createFaultProxy({ target: { port } });
  return {
    proxy,
    runOf,
    smartcall: new Smartcall({ url: proxy.url, retryDelayMs: 1, ...options }),
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await gateway.close();
    },
  };
}

test("a call that was cut is joined, and runs once", async () => {
  await using setup = await setUp();
  const { smartcall, runOf, proxy } = setup;
  const run = runOf("cut");
  const call = smartcall.call("worker", "cut").withResponse();
  for (let cuts = 1; cuts <= 2; cuts += 1) {
    await run.begun.promise;
    await expect.poll(() => proxy.accepted).toBe(cuts);
    proxy.cutAll();
  }
  await expect.poll(() => proxy.accepted).toBe(3);
  run.release.resolve();
  const { data, attempts } = await call;
  expect(data).toMatchObject({ state: "COMPLETED", outputText: "done", attempts: 1 });
  expect(attempts).toBe(3);
  expect(run.count).toBe(1);
});

test("a try that is given up is joined by the next one", async () => {
  await using setup = await setUp({ attemptTimeoutMs: 150, maxRetries: 100 });
  const { smartcall, runOf } = setup;
  const run = runOf("slow");
  const call = smartcall.call("worker", "slow").withResponse();
  await run.begun.promise;
  await expect.poll(() => setup.proxy.accepted).toBeGreaterThan(2);
  run.release.resolve();
  expect((await call).data.state).toBe("COMPLETED");
  expect(run.count).toBe(1);
});

test("an agent hears at once that its call was given up", async () => {
  await using setup = await setUp();
  const { smartcall, runOf } = setup;
  const run = runOf("given up");
  const controller = new AbortController();
  const call = smartcall.call("worker", "given up", { signal: controller.signal });
  await run.begun.promise;
  const sinceMs = performance.now();
  controller.abort();
  await expect(call).rejects.toMatchObject({ reason: "CANCELED" });
  // Long before the grace of 30 s, which is what this test would otherwise run into.
  console.info(`heard after ${(await run.aborted.promise) - sinceMs} ms`);
  const { items } = await smartcall.tasks.list().page();
  expect(items).toMatchObject([{ state: "CANCELED" }]);
  expect(run.count).toBe(1);
});

test("an agent hears that the time of its call is over", async () => {
  await using setup = await setUp();
  const { smartcall, runOf } = setup;
  // Whether the agent begins in time the machine decides; where it does not, more is given.
  for (const timeoutMs of [200, 2_000, 10_000]) {
    const call = smartcall.call("worker", `${timeoutMs}`, { timeoutMs });
    await expect(call).rejects.toMatchObject({ reason: "DEADLINE_EXCEEDED" });
    if (runOf(`${timeoutMs}`).count === 0) continue;
    await runOf(`${timeoutMs}`).aborted.promise;
    return;
  }
  expect.fail("the agent never began");
});

test("a call that another caller shares by its key is left to them", async () => {
  await using setup = await setUp();
  const { smartcall, runOf } = setup;
  const run = runOf("shared");
  const controller = new AbortController();
  const options = { idempotencyKey: "order-1" };
  const patient = smartcall.call("worker", "shared", options);
  await run.begun.promise;
  const { signal } = controller;
  const hasty = smartcall.call("worker", "shared", { ...options, signal });
  controller.abort();
  await expect(hasty).rejects.toMatchObject({ reason: "CANCELED" });
  run.release.resolve();
  expect((await patient).state).toBe("COMPLETED");
  expect(run.count).toBe(1);
});

test("a call that was refused is not made because it is given up", async () => {
  await using setup = await setUp();
  const controller = new AbortController();
  const smartcall = new Smartcall({
    url: setup.proxy.url,
    retryDelayMs: 60_000,
    maxRetryDelayMs: 60_000,
    random: () => 1,
    logLevel: "info",
    logger: {
      error() {},
      warn() {},
      info: (said) => said.includes("retry") && controller.abort(),
      debug() {},
    },
    middleware: [
      async () => Response.json({ reason: "AGENT_BUSY", retryable: true }, { status: 503 }),
    ],
  });
  const call = smartcall.call("worker", "never", { signal: controller.signal });
  await expect(call).rejects.toMatchObject({ reason: "CANCELED", attempts: 1 });
  expect(setup.proxy.accepted).toBe(0);
  expect(setup.runOf("never").count).toBe(0);
});

test("with no retries the gateway itself hears that the caller is gone", async () => {
  await using setup = await setUp({ maxRetries: 0 });
  const run = setup.runOf("gone");
  const call = setup.smartcall.call("worker", "gone");
  await run.begun.promise;
  setup.proxy.cutAll();
  await expect(call).rejects.toMatchObject({ reason: "GATEWAY_UNREACHABLE", attempts: 1 });
  await run.aborted.promise;
});
