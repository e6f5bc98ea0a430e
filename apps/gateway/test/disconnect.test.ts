import { defineAgent } from "@smartcall/agent";
import { expect, test } from "vitest";
import { openEventStream } from "./event-stream.js";
import { get, listOf, post, startGateway } from "./fixtures.js";

/** A gateway with an agent that says one word and runs until it is told to stop. */
async function startWithHang(graceMs = 30_000) {
  const abortedMs = new Map<string, number>();
  const hang = defineAgent({
    name: "hang",
    description: "Says a word and runs until it is told to stop.",
    async *run(_message, { signal, task }) {
      const stopped = new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          abortedMs.set(task.id, performance.now());
          resolve();
        });
      });
      yield "begun";
      await stopped;
    },
  });
  const door = await startGateway({ inProcess: [hang], limits: { graceMs, drainMs: 1 } });
  const url = `${door.url}/v1/agents/hang/calls/stream`;
  /** A stream that has come to the agent's word. */
  async function open(onDisconnect?: string, key?: string) {
    const stream = await openEventStream(url, {
      body: { text: "", ...(onDisconnect && { onDisconnect }) },
      headers: key ? { "idempotency-key": key } : {},
    });
    const [, word] = await stream.take(2);
    return { stream, id: String(word?.data["taskId"]), cursor: word?.id ?? "" };
  }
  const stateOf = async (id: string) => (await get(`${door.url}/v1/tasks/${id}`)).body["state"];
  return Object.assign(door, { abortedMs, open, stateOf });
}

test("CANCEL: the last one who leaves cancels the task, and no one before", async () => {
  await using door = await startWithHang();
  const first = await door.open("CANCEL", "shared");
  const second = await door.open("CANCEL", "shared");
  expect(second.id).toBe(first.id);
  first.stream.leave();
  // Whoever comes now is answered after the gateway has learnt of it.
  const third = await door.open("CANCEL", "shared");
  third.stream.leave();
  expect(await door.stateOf(first.id)).toBe("WORKING");
  second.stream.leave();
  await expect.poll(() => door.stateOf(first.id)).toBe("CANCELED");
  expect(door.abortedMs.has(first.id)).toBe(true);
});

test("CONTINUE, and a stream whose caller does not say: the task goes on and can be taken up", async () => {
  await using door = await startWithHang();
  for (const onDisconnect of ["CONTINUE", undefined]) {
    const { stream, id, cursor } = await door.open(onDisconnect);
    stream.leave();
    const again = openEventStream(`${door.url}/v1/tasks/${id}/events?after=${cursor}`);
    expect(await door.stateOf(id)).toBe("WORKING");
    await post(`${door.url}/v1/tasks/${id}/cancel`, {});
    expect((await (await again).take()).map(({ event }) => event)).toEqual(["status", "end"]);
  }
});

test("a call that waits is canceled by default, and goes on where its caller says CONTINUE", async () => {
  await using door = await startWithHang();
  for (const [onDisconnect, want] of [
    [undefined, "CANCELED"],
    ["CONTINUE", "WORKING"],
  ] as const) {
    const controller = new AbortController();
    const call = fetch(`${door.url}/v1/agents/hang/calls`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        text: "",
        contextId: `${want}`,
        ...(onDisconnect && { onDisconnect }),
      }),
      signal: controller.signal,
    });
    const ids = async () =>
      listOf((await get(`${door.url}/v1/tasks?contextId=${want}&states=WORKING`)).body["tasks"]);
    await expect.poll(async () => (await ids()).length).toBe(1);
    const [task] = await ids();
    controller.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => door.stateOf(String(task?.["id"]))).toBe(want);
  }
});

test("CANCEL: who leaves while it asks for the task cancels it, who was answered does not", async () => {
  await using door = await startWithHang();
  const { body } = await post(
    `${door.url}/v1/agents/hang/calls`,
    { text: "", onDisconnect: "CANCEL" },
    { prefer: "respond-async" },
  );
  const id = String(body["id"]);
  const url = `${door.url}/v1/tasks/${id}`;
  expect((await get(`${url}?wait=0.05s`)).body["state"]).toBe("WORKING");
  expect(await door.stateOf(id)).toBe("WORKING");
  // Again and again, since nobody can tell whether the gateway has begun to wait.
  const leave = async () => {
    const controller = new AbortController();
    const asked = fetch(`${url}?wait=30s`, controller).catch(() => undefined);
    await door.stateOf(id);
    controller.abort();
    await asked;
    return door.stateOf(id);
  };
  await expect.poll(leave).toBe("CANCELED");
});

test("CANCEL_AFTER_GRACE: canceled when nobody comes back in time", async () => {
  await using door = await startWithHang(100);
  const { stream, id } = await door.open("CANCEL_AFTER_GRACE");
  const leftMs = performance.now();
  stream.leave();
  await expect.poll(() => door.stateOf(id)).toBe("CANCELED");
  expect((door.abortedMs.get(id) ?? 0) - leftMs).toBeGreaterThan(95);
});

test("CANCEL_AFTER_GRACE: somebody who comes back in time keeps it running", async () => {
  // Whether there was time to come back the machine decides; where there was not, more is given.
  for (const graceMs of [300, 3_000, 10_000]) {
    await using door = await startWithHang(graceMs);
    const { stream, id, cursor } = await door.open("CANCEL_AFTER_GRACE");
    const leftMs = performance.now();
    stream.leave();
    const back = await openEventStream(`${door.url}/v1/tasks/${id}/events`);
    await back.take(2);
    if (performance.now() - leftMs > graceMs) continue;
    const { body } = await get(`${door.url}/v1/tasks/${id}?wait=${(graceMs / 1_000) * 2}s`);
    expect(body["state"]).toBe("WORKING");
    back.leave();
    await expect.poll(() => door.stateOf(id)).toBe("CANCELED");
    const last = await openEventStream(`${door.url}/v1/tasks/${id}/events?after=${cursor}`);
    expect((await last.take()).map(({ event }) => event)).toEqual(["status", "end"]);
    return;
  }
  expect.fail("nobody came back within any grace");
});

test("a task started without waiting is canceled when nobody comes within the grace", async () => {
  await using door = await startWithHang(50);
  const { body } = await post(
    `${door.url}/v1/agents/hang/calls`,
    { text: "", onDisconnect: "CANCEL_AFTER_GRACE" },
    { prefer: "respond-async" },
  );
  await expect.poll(() => door.stateOf(String(body["id"]))).toBe("CANCELED");
});

test("500 clients that leave at once: each agent's signal is aborted soon, and nothing is left", async () => {
  await using door = await startWithHang();
  const streams = await Promise.all(Array.from({ length: 500 }, () => door.open("CANCEL")));
  const leftMs = performance.now();
  for (const { stream } of streams) stream.leave();
  await expect.poll(() => door.abortedMs.size, { interval: 10 }).toBe(500);
  const lateMs = [...door.abortedMs.values()].map((ms) => ms - leftMs).sort((a, b) => a - b);
  console.info(
    `aborted after ${lateMs[249]?.toFixed(1)} ms at p50, ${lateMs[494]?.toFixed(1)} ms at p99`,
  );
  await expect
    .poll(async () => (await get(`${door.url}/v1/agents/hang`)).body["runningCalls"])
    .toBe(0);
});
