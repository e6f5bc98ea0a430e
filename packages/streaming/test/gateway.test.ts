import { once } from "node:events";
import { SmartcallStreaming } from "@smartcall/streaming";
import { protobuf } from "@smartcall/streaming/proto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ways } from "./ways.js";
import { aborted, startGateway } from "./with-gateway.js";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe.each(ways)("over $name", ({ options }) => {
  const connect = () => new SmartcallStreaming(options(gateway.url));
  const numbers = Array.from({ length: 200 }, (_, index) => `${index + 1}\n`).join("");

  test("a call is its events in order, and the same result", async () => {
    const stream = connect().stream("counter", "200");
    const result = stream.result();
    let seq = 0;
    let last = "";
    for await (const event of stream) {
      last = event.type;
      if (event.type === "connection" || event.type === "end") continue;
      seq += event.merged ?? 1;
      expect(event.cursor.endsWith(`.${seq}`)).toBe(true);
    }
    expect(last).toBe("end");
    expect(await result).toMatchObject({ state: "COMPLETED", text: numbers, error: undefined });
  });

  test("an ended task can be watched from anywhere", async () => {
    const smartcall = connect();
    const call = smartcall.stream("counter", "20");
    const { taskId } = await call.result();
    const epoch = call.cursor?.split(".")[0];
    const seen: string[] = [];
    for await (const event of smartcall.watch(taskId, { after: `${epoch}.18` })) {
      if (event.type !== "connection") seen.push(`${event.type} ${event.cursor}`);
    }
    expect(seen[0]).toMatch(/ .*\.19$/);
    expect(seen.at(-1)).toBe(`end ${call.cursor}`);
  });

  test("a refusal has its reason", async () => {
    const smartcall = connect();
    await expect(smartcall.stream("nobody", "hi").text()).rejects.toMatchObject({
      reason: "AGENT_NOT_FOUND",
    });
    await expect(smartcall.watch("nothing").text()).rejects.toMatchObject({
      reason: "TASK_NOT_FOUND",
    });
    await expect(
      smartcall.stream("counter", { text: "1" }, { contextId: "x".repeat(200) }).text(),
    ).rejects.toMatchObject({
      reason: "INVALID_ARGUMENT",
      errors: [expect.objectContaining({ detail: expect.any(String) })],
    });
  });

  test("a task that failed is an error of its text, and tells why", async () => {
    const stream = connect().stream("broken", "hi");
    await expect(stream.text()).rejects.toMatchObject({
      reason: "AGENT_FAILED",
      taskId: expect.any(String),
    });
  });

  test("a task that asks for input ends its stream, INTERRUPTED", async () => {
    const stream = connect().stream("greeter", "hi");
    const events = await Array.fromAsync(stream);
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "INTERRUPTED" });
    expect(await stream.result()).toMatchObject({
      state: "INPUT_REQUIRED",
      prompt: { parts: [{ text: "What is your name?" }] },
    });
  });

  test("a stream can be canceled, and its agent hears of it", async () => {
    const stream = connect().stream("endless", "hi");
    let taskId = "";
    for await (const event of stream) {
      if (event.type !== "outputDelta") continue;
      taskId = event.taskId;
      await stream.cancel("enough");
    }
    expect(await stream.result()).toMatchObject({ state: "CANCELED", text: "one" });
    await expect.poll(() => aborted).toContain(taskId);
  });

  test("leaving a stream that is to be canceled then cancels its task", async () => {
    const smartcall = connect();
    let taskId = "";
    for await (const event of smartcall.stream("endless", "hi", { onDisconnect: "CANCEL" })) {
      if (event.type !== "outputDelta") continue;
      taskId = event.taskId;
      break;
    }
    await expect.poll(() => aborted).toContain(taskId);
    expect(await smartcall.watch(taskId).result()).toMatchObject({ state: "CANCELED" });
  });

  test("a time limit ends the stream, and the agent is told", async () => {
    const stream = connect().stream("endless", "hi", { timeoutMs: 200 });
    await expect(stream.text()).rejects.toMatchObject({ reason: "DEADLINE_EXCEEDED" });
  });

  test("the same key is the same call", async () => {
    const smartcall = connect();
    const idempotencyKey = crypto.randomUUID();
    const [one, two] = await Promise.all(
      [0, 1].map(() => smartcall.stream("counter", "30", { idempotencyKey }).result()),
    );
    expect(two).toEqual(one);
    await expect(
      smartcall.stream("counter", "31", { idempotencyKey }).result(),
    ).rejects.toMatchObject({ reason: "IDEMPOTENCY_KEY_REUSED" });
  });

  test("the registry begins with all agents", async () => {
    for await (const event of connect().watchAgents()) {
      if (event.type !== "snapshot") continue;
      expect(event.agents.map(({ name }) => name)).toContain("counter");
      break;
    }
  });
});

describe.each([
  { name: "JSON", protocol: undefined },
  { name: "protobuf", protocol: protobuf },
])("a session in $name", ({ protocol }) => {
  const connect = () =>
    new SmartcallStreaming({ url: gateway.url, ...(protocol && { protocol }) }).connect();

  test("has many calls at once", async () => {
    await using session = await connect();
    const texts = await Promise.all(
      Array.from({ length: 50 }, (_, index) => session.stream("counter", `${index}`).text()),
    );
    expect(texts.map((text) => text.split("\n").length - 1)).toEqual([...texts.keys()]);
    const task = await session.call("counter", "3");
    expect(task).toMatchObject({ state: "COMPLETED", output: { parts: [{ text: "1\n2\n3\n" }] } });
    await expect(session.call("nobody", "")).rejects.toMatchObject({ reason: "AGENT_NOT_FOUND" });
  });

  test("talks with an agent that asks", async () => {
    await using session = await connect();
    const talk = session.converse("greeter");
    await talk.send("hi");
    const seen: string[] = [];
    for await (const event of talk) {
      seen.push(event.type);
      if (event.type === "inputRequired") await talk.send("Ada");
    }
    expect(seen).toContain("inputRequired");
    expect(seen.at(-1)).toBe("end");
    expect(await talk.text()).toBe("Hello, Ada!");
    await expect(talk.send("more")).rejects.toMatchObject({ reason: "TASK_NOT_WAITING" });
  });

  test("a stream that nobody reads holds up none of the others", async () => {
    await using session = await connect();
    const stalled = session.stream("counter", "100000")[Symbol.asyncIterator]();
    await stalled.next();
    expect((await session.stream("counter", "1000").text()).length).toBe(3893);
    await stalled.return();
  });

  test("closing it ends its streams", async () => {
    const session = await connect();
    const stream = session.stream("endless", "hi", { onDisconnect: "CANCEL" });
    const events = stream[Symbol.asyncIterator]();
    await events.next();
    const text = stream.text();
    session.close();
    await expect(Promise.all([events.next(), events.next(), events.next()])).rejects.toMatchObject({
      reason: "CANCELED",
    });
    await expect(text).rejects.toMatchObject({ reason: "CANCELED" });
  });
});

test("a conversation on a session of its own ends half-closed when it is told to", async () => {
  const talk = new SmartcallStreaming({ url: gateway.url }).converse("greeter");
  await talk.send("hi");
  talk.end();
  const events = await Array.fromAsync(talk);
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "INTERRUPTED" });
});

test("a gateway that is not there is GATEWAY_UNREACHABLE, over whatever transport", async () => {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  const url = `http://127.0.0.1:${port}`;
  for (const { options } of ways) {
    const smartcall = new SmartcallStreaming({ ...options(url), reconnect: { baseDelayMs: 1 } });
    await expect(smartcall.stream("counter", "1").text()).rejects.toMatchObject({
      reason: "GATEWAY_UNREACHABLE",
    });
  }
  await expect(new SmartcallStreaming({ url }).connect()).rejects.toMatchObject({
    reason: "GATEWAY_UNREACHABLE",
  });
});
