import { once } from "node:events";
import { connect } from "node:http2";
import { create, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Client, credentials, type ServiceError, status } from "@grpc/grpc-js";
import { SmartcallError } from "@smartcall/protocol";
import {
  type AgentEvent,
  AgentEventSchema,
  DescribeRequestSchema,
  DescribeResponseSchema,
  ExecuteRequestSchema,
  HealthCheckRequestSchema,
  HealthCheckResponseSchema,
  HealthCheckResponse_ServingStatus as Serving,
} from "@smartcall/protocol/proto";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { defineAgent } from "./define-agent.js";
import { textOf } from "./parts.js";
import { createReflectionService } from "./reflection/reflection-service.js";
import { type ServeOptions, serve } from "./serve.js";
import { userMessage } from "./testing/create-open.js";
import { dialFake } from "./testing/dial-fake.js";
import { callOver } from "./testing/fake-gateway.js";
import { stockMethod } from "./testing/stock-method.js";

const held: (() => void)[] = [];
const agents = [
  defineAgent({ name: "echo", description: "Repeats.", run: ({ parts }) => parts }),
  defineAgent({
    name: "words",
    description: "Says each word.",
    async *run(message) {
      for (const word of textOf(message).split(" ")) yield `${word} `;
    },
  }),
  defineAgent({
    name: "picky",
    description: "Takes nothing.",
    run() {
      throw new SmartcallError({ reason: "AGENT_REJECTED", message: "Not that." });
    },
  }),
  defineAgent({ name: "broken", description: "", run: () => Promise.reject(new Error("no luck")) }),
  defineAgent({
    name: "hanging",
    description: "Waits for its caller to leave.",
    run: (_, { signal }) =>
      new Promise<string>((resolve) => {
        held.push(() => resolve("done"));
        signal.addEventListener("abort", () => resolve("aborted"));
      }),
  }),
  defineAgent({
    name: "asks",
    description: "Asks.",
    run: async (_, { ask }) => textOf(await ask("?")),
  }),
];

async function served(options: ServeOptions = {}) {
  const server = await serve(agents, {
    log: pino({ level: "silent" }),
    signals: false,
    ...options,
  });
  onTestFinished(() => server.close());
  const client = new Client(server.url.slice("http://".length), credentials.createInsecure());
  onTestFinished(() => client.close());
  return { server, client };
}

const executeMethod = stockMethod(
  "/smartcall.v1.AgentRuntimeService/Execute",
  ExecuteRequestSchema,
  AgentEventSchema,
);
const checkMethod = stockMethod(
  "/grpc.health.v1.Health/Check",
  HealthCheckRequestSchema,
  HealthCheckResponseSchema,
);
const watchMethod = { ...checkMethod, path: "/grpc.health.v1.Health/Watch" };

/** Calls Execute as any stock gRPC client does. */
function execute(client: Client, agent: string, text = "", timeoutMs?: number) {
  const { path, serialize, deserialize } = executeMethod;
  const message = userMessage(text);
  const request = create(ExecuteRequestSchema, { taskId: "t", agent, contextId: "c", message });
  const deadline = timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
  const call = client.makeServerStreamRequest(path, serialize, deserialize, request, deadline);
  const events: AgentEvent[] = [];
  call.on("data", (event: AgentEvent) => events.push(event));
  const ended = new Promise<{ code: number; details: string; events: AgentEvent[] }>((resolve) => {
    call.on("error", () => {});
    call.on("status", ({ code, details }) => resolve({ code, details, events }));
  });
  return { call, ended };
}

test("a stock client executes, and each way to end has its gRPC status", async () => {
  const { client } = await served();
  const echo = await execute(client, "echo", "hi").ended;
  expect(echo.code).toBe(status.OK);
  expect(echo.events.map(({ kind }) => kind.case)).toEqual(["outputCompleted"]);
  const words = await execute(client, "words", "a b c").ended;
  expect(words.events.map(({ kind }) => kind.case)).toEqual([
    "outputDelta",
    "outputDelta",
    "outputDelta",
    "outputCompleted",
  ]);
  const ends = {
    picky: status.FAILED_PRECONDITION,
    broken: status.INTERNAL,
    none: status.NOT_FOUND,
  };
  for (const [agent, code] of Object.entries(ends)) {
    expect(await execute(client, agent).ended).toMatchObject({ code });
  }
  expect(await execute(client, "picky").ended).toMatchObject({ details: "Not that." });
  expect(await execute(client, "broken").ended).toMatchObject({ details: "no luck" });
  const asks = await execute(client, "asks").ended;
  expect(asks.code).toBe(status.UNIMPLEMENTED);
});

test("an answer far larger than the queue arrives whole", async () => {
  const { client } = await served();
  const text = Array.from({ length: 5_000 }, (_, index) => `w${index}`).join(" ");
  const { code, events } = await execute(client, "words", text).ended;
  expect(code).toBe(status.OK);
  expect(events).toHaveLength(5_001);
});

test("a cancel and a deadline reach the run, which gives its place back", async () => {
  const { client } = await served({ capacity: 1 });
  const first = execute(client, "hanging");
  await expect.poll(() => held.length).toBeGreaterThan(0);
  expect(await execute(client, "hanging").ended).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  first.call.cancel();
  expect(await first.ended).toMatchObject({ code: status.CANCELLED });
  await expect.poll(async () => (await execute(client, "echo").ended).code).toBe(status.OK);
  const late = await execute(client, "hanging", "", 30).ended;
  expect(late.code).toBe(status.DEADLINE_EXCEEDED);
  await expect.poll(async () => (await execute(client, "echo").ended).code).toBe(status.OK);
});

test("Describe answers the cards", async () => {
  const { client } = await served();
  const method = stockMethod(
    "/smartcall.v1.AgentRuntimeService/Describe",
    DescribeRequestSchema,
    DescribeResponseSchema,
  );
  const { cards } = await method.unary(client, create(DescribeRequestSchema));
  expect(cards.map((card) => card.name)).toEqual(agents.map(({ card }) => card.name));
});

test("health says SERVING, and NOT_SERVING to whoever watches when it drains", async () => {
  const { client, server } = await served();
  const check = (service: string) =>
    checkMethod.unary(client, create(HealthCheckRequestSchema, { service }));
  expect(await check("")).toMatchObject({ status: Serving.SERVING });
  expect(await check("smartcall.v1.AgentRuntimeService")).toMatchObject({
    status: Serving.SERVING,
  });
  const unknown: unknown = await check("other").catch((error: ServiceError) => error.code);
  expect(unknown).toBe(status.NOT_FOUND);
  const seen: Serving[] = [];
  const { path, serialize, deserialize } = watchMethod;
  const request = create(HealthCheckRequestSchema);
  const watch = client.makeServerStreamRequest(path, serialize, deserialize, request);
  watch.on("data", (answer) => seen.push(answer.status));
  const ended = new Promise<number>((resolve) => {
    watch.on("error", () => {});
    watch.on("status", ({ code }) => resolve(code));
  });
  await expect.poll(() => seen).toEqual([Serving.SERVING]);
  await server.close();
  await ended;
  expect(seen).toEqual([Serving.SERVING, Serving.NOT_SERVING]);
});

test.each(["grpc.reflection.v1", "grpc.reflection.v1alpha"])(
  "%s lists the services and answers their files",
  async (packageName) => {
    const { client } = await served();
    const { input, output, name } =
      createReflectionService(packageName).method.serverReflectionInfo;
    const path = `/${packageName}.ServerReflection/${name}`;
    const { serialize, deserialize } = stockMethod(path, input, output);
    const call = client.makeBidiStreamRequest(path, serialize, deserialize);
    call.on("error", () => {});
    const ask = async (messageRequest: (typeof asked)[number]) => {
      call.write(create(input, { host: "here", messageRequest }));
      const [answer] = await once(call, "data");
      expect(answer.validHost).toBe("here");
      return answer.messageResponse;
    };
    const asked = [
      { case: "listServices", value: "" },
      { case: "fileContainingSymbol", value: "smartcall.v1.AgentRuntimeService" },
      { case: "fileContainingSymbol", value: "smartcall.v1.AgentRuntimeService.Execute" },
      { case: "fileByFilename", value: "smartcall/v1/common.proto" },
      { case: "fileContainingSymbol", value: "no.Such" },
      { case: "allExtensionNumbersOfType", value: "google.protobuf.FieldOptions" },
    ] as const;
    const [list, service, method, file, none, extensions] = [
      await ask(asked[0]),
      await ask(asked[1]),
      await ask(asked[2]),
      await ask(asked[3]),
      await ask(asked[4]),
      await ask(asked[5]),
    ];
    expect(list.value.service.map((found: { name: string }) => found.name)).toEqual([
      "grpc.health.v1.Health",
      "grpc.reflection.v1.ServerReflection",
      "grpc.reflection.v1alpha.ServerReflection",
      "smartcall.v1.AgentRuntimeService",
    ]);
    const fileName = ({ value }: { value: { fileDescriptorProto: Uint8Array[] } }) =>
      fromBinary(FileDescriptorProtoSchema, value.fileDescriptorProto[0] ?? new Uint8Array()).name;
    expect(fileName(service)).toBe("smartcall/v1/runtime.proto");
    expect(fileName(method)).toBe("smartcall/v1/runtime.proto");
    expect(fileName(file)).toBe("smartcall/v1/common.proto");
    expect(none).toMatchObject({ case: "errorResponse", value: { errorCode: status.NOT_FOUND } });
    expect(extensions.value.extensionNumber).toContain(1052);
    call.end();
  },
);

test("a gateway that dials gets the cards on its link and calls over it", async () => {
  const { server } = await served({ capacity: 9 });
  const { link, register } = await dialFake(server.url);
  onTestFinished(() => link.close());
  expect(await register).toMatchObject({ capacity: 9, cards: { length: agents.length } });
  const { outcome, events } = await callOver(link, { agent: "echo", text: "hi" }).closed;
  expect(outcome.reason).toBeUndefined();
  expect(events).toHaveLength(1);
});

test("a close lets running calls end, then leaves no connection", async () => {
  const { server, client } = await served();
  const { link, register, closed } = await dialFake(server.url);
  await register;
  held.length = 0;
  const overLink = callOver(link, { agent: "hanging" });
  const overRpc = execute(client, "hanging");
  await expect.poll(() => held.length).toBe(2);
  const closing = server.close();
  await expect.poll(() => link.usable).toBe(false);
  for (const letGo of held) letGo();
  expect((await overLink.closed).outcome.reason).toBeUndefined();
  expect(await overRpc.ended).toMatchObject({ code: status.OK, events: { length: 1 } });
  await closing;
  await closed;
  const again = connect(server.url);
  const [error] = await once(again, "error");
  expect(error.code).toBe("ECONNREFUSED");
});

test("what does not end within the grace is ended", async () => {
  const { server, client } = await served({ graceMs: 20 });
  held.length = 0;
  const { ended } = execute(client, "hanging");
  await expect.poll(() => held.length).toBe(1);
  await server.close();
  expect(await ended).toMatchObject({ code: status.UNAVAILABLE });
});

test("a port that is taken is an error", async () => {
  const { server } = await served();
  const port = Number(new URL(server.url).port);
  const second = serve(agents, { port, log: pino({ level: "silent" }), signals: false });
  await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
});
