import { expect, test } from "vitest";
import { clientOf, collect, placesOf, whole } from "../test/fake-client.js";
import { createFakeGateway, createLog, type Fault } from "../test/fake-gateway.js";

test("the result is folded from the events", async () => {
  const { smartcall, requests } = clientOf();
  const stream = smartcall.stream("eliza", "hello");
  const result = await stream.result();
  expect(result).toMatchObject({
    taskId: "t1",
    state: "COMPLETED",
    text: "2 ü\n3 ü\n4 ü\n5 ü\n",
    artifacts: [],
    error: undefined,
  });
  expect(await stream.text()).toBe(result.text);
  expect(stream).toMatchObject({ taskId: "t1", cursor: "e1.6" });
  expect(requests).toHaveLength(1);
});

test("helpers may wait while the events are iterated over", async () => {
  const { smartcall, requests } = clientOf();
  const stream = smartcall.stream("eliza", "hello");
  const text = stream.text();
  const events = await collect(stream);
  expect(events).toHaveLength(7);
  expect(await text).toBe("2 ü\n3 ü\n4 ü\n5 ü\n");
  expect(requests).toHaveLength(1);
});

test("a stream is read once", async () => {
  const { smartcall } = clientOf();
  const stream = smartcall.stream("eliza", "hello");
  await stream.result();
  await expect(collect(stream)).rejects.toBeInstanceOf(TypeError);
});

test("artifacts are told when they are whole", async () => {
  const piece = (artifactId: string, text: string, rest: object) => ({
    artifact: { artifact: { artifactId, parts: [{ text }] }, append: false, ...rest },
    outputDelta: undefined,
  });
  const fault: Fault = {
    twist: (log) =>
      log
        .with(1, { ...log[1], ...piece("a", "one ", {}) } as never)
        .with(2, { ...log[2], ...piece("a", "two", { append: true, lastChunk: true }) } as never)
        .with(3, { ...log[3], ...piece("b", "three", {}) } as never),
  };
  const { smartcall } = clientOf({ faults: [fault] });
  const artifacts = await collect(smartcall.stream("eliza", "hello").artifacts());
  expect(artifacts).toEqual([
    { artifactId: "a", parts: [{ text: "one " }, { text: "two" }] },
    { artifactId: "b", parts: [{ text: "three" }] },
  ]);
});

test.each([
  { state: "FAILED", error: { reason: "AGENT_FAILED", message: "no" }, want: "AGENT_FAILED" },
  { state: "REJECTED", error: undefined, want: "AGENT_REJECTED" },
  { state: "CANCELED", error: undefined, want: "CANCELED" },
])("the text of a task that is $state is an error, its result is none", async (given) => {
  const { state, error, want } = given;
  const fault: Fault = {
    twist: (log) => log.with(5, { ...log[5], status: { state, error } } as never),
  };
  const { smartcall } = clientOf({ faults: [fault] });
  const stream = smartcall.stream("eliza", "hello");
  expect(await stream.result()).toMatchObject({ state, error });
  await expect(stream.text()).rejects.toMatchObject({ reason: want, taskId: "t1" });
});

test("leaving the loop closes the connection", async () => {
  const { smartcall, open } = clientOf({ faults: [{ chunkBytes: 50 }] });
  const stream = smartcall.stream("eliza", "hello");
  for await (const event of stream) if (event.type === "outputDelta") break;
  expect(open.size).toBe(0);
  await expect(stream.text()).rejects.toMatchObject({ reason: "CANCELED" });
});

test("cancel tells the gateway which task, as soon as that is known", async () => {
  const answer = Response.json({ id: "t1", state: "CANCELED" });
  const { smartcall, requests } = clientOf({
    faults: [{ chunkBytes: 40, stallAt: 200 }, { answer }],
  });
  const stream = smartcall.stream("eliza", "hello");
  const events = stream[Symbol.asyncIterator]();
  const first = events.next();
  await stream.cancel("enough");
  expect(await first).toMatchObject({ value: { cursor: "e1.1" } });
  expect(requests[1]?.url).toBe("http://gateway.test/v1/tasks/t1/cancel");
  expect(await requests[1]?.json()).toEqual({ reason: "enough" });
  await stream[Symbol.asyncDispose]();
});

test("a cancel that nobody else reads for still finds out its task, and loses no event", async () => {
  const { smartcall } = clientOf({ faults: [{ chunkBytes: 40 }] });
  const stream = smartcall.stream("eliza", "hello");
  const events = stream[Symbol.asyncIterator]();
  const first = events.next();
  await Promise.all([stream.cancel(), first]);
  expect(placesOf(await collect(events))).toEqual(whole.slice(1));
});

test.each([
  { name: "was left", limit: {} },
  { name: "ran out of time", limit: { timeoutMs: 300 } },
])("a task can be canceled after its stream $name", async ({ limit }) => {
  const { fetch, requests } = createFakeGateway(createLog(6), [{ stallAt: 200 }]);
  const obeying = async (request: Request) => {
    request.signal.throwIfAborted();
    return fetch(request);
  };
  const { smartcall } = clientOf({ options: { fetch: obeying } });
  const stream = smartcall.stream("eliza", "hello", limit);
  if ("timeoutMs" in limit) await expect(collect(stream)).rejects.toThrow();
  else for await (const _event of stream) break;
  await stream.cancel("enough");
  expect(requests.at(-1)?.url).toBe("http://gateway.test/v1/tasks/t1/cancel");
});
