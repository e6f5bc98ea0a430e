import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import grpc from "@grpc/grpc-js";
import {
  AgentService,
  CallRequest_OnDisconnect,
  CallRequestSchema,
  CommunicationService,
  ErrorInfoSchema,
  Health,
  HealthCheckResponse_ServingStatus,
  StreamingService,
  Task_State,
  TaskSchema,
} from "@smartcall/protocol/proto";
import { describe, expect, test } from "vitest";
import { aborts, begun, callUntilBegun, startGateway } from "./fixtures.js";

const faces: {
  name: string;
  create: (url: string) => { transport: Transport; close: () => void };
}[] = [
  {
    name: "gRPC",
    create(baseUrl) {
      const sessionManager = new Http2SessionManager(baseUrl);
      const transport = createGrpcTransport({ baseUrl, sessionManager });
      return { transport, close: () => sessionManager.abort() };
    },
  },
  {
    name: "gRPC-Web over HTTP/1.1",
    create: (baseUrl) => ({
      transport: createGrpcWebTransport({ baseUrl, httpVersion: "1.1" }),
      close: () => undefined,
    }),
  },
  {
    name: "Connect with JSON over HTTP/1.1",
    create: (baseUrl) => ({
      transport: createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false }),
      close: () => undefined,
    }),
  },
  {
    name: "Connect with protobuf over HTTP/2",
    create(baseUrl) {
      const sessionManager = new Http2SessionManager(baseUrl);
      const transport = createConnectTransport({ baseUrl, httpVersion: "2", sessionManager });
      return { transport, close: () => sessionManager.abort() };
    },
  },
];

for (const { name, create } of faces) {
  describe(name, () => {
    async function withTransport(use: (transport: Transport) => Promise<void>): Promise<void> {
      await using door = await startGateway();
      const { transport, close } = create(door.url);
      try {
        await use(transport);
      } finally {
        close();
      }
    }

    test("lists, calls, gets and cancels", () =>
      withTransport(async (transport) => {
        const agents = createClient(AgentService, transport);
        const communication = createClient(CommunicationService, transport);
        expect((await agents.listAgents({})).agents.map((agent) => agent.name)).toContain("echo");
        const input = { case: "text", value: "hi" } as const;
        const task = await communication.call({ agent: "echo", input });
        expect(task.state).toBe(Task_State.COMPLETED);
        expect(task.output?.parts[0]?.content).toEqual(input);
        expect((await communication.getTask({ task: task.id })).id).toBe(task.id);
        const running = await communication.call(
          { agent: "hang", input },
          { headers: { prefer: "respond-async" } },
        );
        expect(running.state).toBe(Task_State.WORKING);
        await expect.poll(() => begun).toContain(running.id);
        const canceled = await communication.cancelTask({ task: running.id });
        expect(canceled.state).toBe(Task_State.CANCELED);
        await expect.poll(() => aborts).toContain(running.id);
      }));

    test("streams numbered events to the end", () =>
      withTransport(async (transport) => {
        const streaming = createClient(StreamingService, transport);
        const kinds: (string | undefined)[] = [];
        const request = { agent: "words", input: { case: "text", value: "" } } as const;
        for await (const event of streaming.streamCall(request)) kinds.push(event.kind.case);
        expect(kinds.at(-1)).toBe("end");
        expect(kinds.filter((kind) => kind === "outputDelta")).toHaveLength(3);
      }));

    test("an error has the code and the reason", () =>
      withTransport(async (transport) => {
        const communication = createClient(CommunicationService, transport);
        const input = { case: "text", value: "" } as const;
        const missing = await communication
          .call({ agent: "nobody", input })
          .catch(ConnectError.from);
        expect(missing).toBeInstanceOf(ConnectError);
        if (!(missing instanceof ConnectError)) return;
        expect(missing.code).toBe(5 satisfies Code);
        expect(missing.findDetails(ErrorInfoSchema)).toMatchObject([
          { reason: "AGENT_NOT_FOUND", domain: "smartcall" },
        ]);
        const invalid = await communication.call({ agent: "" }).catch(ConnectError.from);
        expect(invalid).toMatchObject({ code: 3 });
      }));

    test("says that it is healthy", () =>
      withTransport(async (transport) => {
        const { status } = await createClient(Health, transport).check({});
        expect(status).toBe(HealthCheckResponse_ServingStatus.SERVING);
      }));

    test("watching a service that is not there says so, and goes on", () =>
      withTransport(async (transport) => {
        const health = createClient(Health, transport);
        const nobody = { service: "nobody.Knows" };
        await expect(health.check(nobody)).rejects.toMatchObject({ code: 5 satisfies Code });
        const leave = new AbortController();
        const statuses: HealthCheckResponse_ServingStatus[] = [];
        const watch = async () => {
          for await (const { status } of health.watch(nobody, { signal: leave.signal })) {
            statuses.push(status);
            leave.abort();
          }
        };
        await expect(watch()).rejects.toMatchObject({ code: 1 satisfies Code });
        expect(statuses).toEqual([HealthCheckResponse_ServingStatus.SERVICE_UNKNOWN]);
      }));

    test("a deadline ends the call, and the agent's run", () =>
      withTransport(async (transport) => {
        const communication = createClient(CommunicationService, transport);
        const before = begun.length;
        const request = { agent: "hang", input: { case: "text", value: "" } } as const;
        const ended = await callUntilBegun((timeoutMs) =>
          communication.call(request, { timeoutMs }).catch(ConnectError.from),
        );
        if (ended instanceof ConnectError) expect(ended.code).toBe(4 satisfies Code);
        else expect(ended.error?.reason).toBe("DEADLINE_EXCEEDED");
        expect(begun.length).toBeGreaterThan(before);
        await expect.poll(() => aborts).toContain(begun.at(-1));
      }));
  });
}

test("a stock grpc-js client calls over the same port", async () => {
  await using door = await startGateway();
  const client = new grpc.Client(`127.0.0.1:${door.port}`, grpc.credentials.createInsecure());
  try {
    const task = await new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        "/smartcall.v1.CommunicationService/Call",
        (request: Uint8Array) => Buffer.from(request),
        (bytes: Buffer) => fromBinary(TaskSchema, bytes),
        toBinary(CallRequestSchema, {
          $typeName: "smartcall.v1.CallRequest",
          agent: "echo",
          contextId: "",
          onDisconnect: CallRequest_OnDisconnect.UNSPECIFIED,
          input: { case: "text", value: "from grpc-js" },
        }),
        (error, answer) => (error ? reject(error) : resolve(answer)),
      );
    });
    expect(task).toMatchObject({
      state: Task_State.COMPLETED,
      output: { parts: [{ content: { value: "from grpc-js" } }] },
    });
  } finally {
    client.close();
  }
});

test("REST speaks HTTP/2 too", async () => {
  await using door = await startGateway();
  const { connect } = await import("node:http2");
  const session = connect(door.url);
  try {
    const stream = session.request({ ":path": "/v1/agents/echo/card" });
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    expect(JSON.parse(text)).toMatchObject({ name: "echo" });
  } finally {
    session.close();
  }
});
