import { once } from "node:events";
import { constants, createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import type { Outcome } from "@smartcall/link";
import {
  AgentEventSchema,
  ExecuteRequestSchema,
  Frame_OpenSchema,
  MessageSchema,
} from "@smartcall/protocol/proto";
import { expect, onTestFinished, test } from "vitest";
import { GrpcUpstream } from "./grpc-upstream.js";

/** An agent's whole answer, as one gRPC message. */
function answer(): Buffer {
  const message = create(MessageSchema, { parts: [{ content: { case: "text", value: "done" } }] });
  const kind = { case: "outputCompleted", value: { message } } as const;
  const bytes = toBinary(AgentEventSchema, create(AgentEventSchema, { kind }));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Says the answer, and then these trailers, where there are any. */
function sayWith(stream: ServerHttp2Stream, trailers?: Record<string, string>): void {
  if (trailers) stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  const headers = { ":status": 200, "content-type": "application/grpc" };
  stream.respond(headers, { waitForTrailers: trailers !== undefined });
  stream.write(answer());
}

/** How a call of a server that does so ends, and how many events came before. */
async function callOf(behave: (stream: ServerHttp2Stream) => void) {
  const server = createServer();
  server.on("stream", (stream) => {
    stream.on("error", () => undefined);
    stream.resume().once("end", () => behave(stream));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sessionManager = new Http2SessionManager(baseUrl);
  const upstream = new GrpcUpstream(baseUrl, createGrpcTransport({ baseUrl, sessionManager }));
  onTestFinished(async () => {
    await upstream.close();
    sessionManager.abort();
    server.close();
  });
  let events = 0;
  const outcome = await new Promise<Outcome>((resolve) => {
    const value = create(ExecuteRequestSchema, { taskId: "t", agent: "a", message: {} });
    const open = create(Frame_OpenSchema, { request: { case: "execute", value } });
    upstream.open(open, { event: () => void events++, close: resolve });
  });
  return { outcome, events };
}

test("an agent that says it is done has answered", async () => {
  const { outcome, events } = await callOf((stream) => {
    sayWith(stream, { "grpc-status": "0" });
    stream.end();
  });
  expect([outcome, events]).toEqual([{}, 1]);
});

const cuts: { name: string; behave: (stream: ServerHttp2Stream) => void }[] = [
  {
    name: "the connection is lost after the answer",
    behave: (stream) => {
      sayWith(stream, { "grpc-status": "0" });
      stream.session?.destroy();
    },
  },
  {
    name: "the process dies after the answer",
    behave: (stream) => {
      sayWith(stream, { "grpc-status": "0" });
      const { session } = stream;
      setImmediate(() => session?.destroy());
    },
  },
  {
    name: "the stream ends without trailers",
    behave: (stream) => {
      sayWith(stream);
      stream.end();
    },
  },
  {
    name: "the trailers have no status",
    behave: (stream) => {
      sayWith(stream, { "x-other": "1" });
      stream.end();
    },
  },
  {
    name: "the stream is reset as if all were well",
    behave: (stream) => {
      sayWith(stream, { "grpc-status": "0" });
      stream.close(constants.NGHTTP2_NO_ERROR);
    },
  },
  {
    name: "the stream is reset as canceled",
    behave: (stream) => {
      sayWith(stream, { "grpc-status": "0" });
      stream.close(constants.NGHTTP2_CANCEL);
    },
  },
  {
    name: "the answer is cut within a message",
    behave: (stream) => {
      sayWith(stream, { "grpc-status": "0" });
      stream.end(answer().subarray(0, 7));
    },
  },
  {
    name: "a proxy answers in its place",
    behave: (stream) => {
      stream.respond({ ":status": 200, "content-type": "text/html" });
      stream.end("<p>Be right back.</p>");
    },
  },
  { name: "nothing is answered", behave: (stream) => stream.session?.destroy() },
];

test("a stream that the other side resets is a lost instance, and no call that somebody canceled", async () => {
  const { outcome } = await callOf((stream) => {
    sayWith(stream, { "grpc-status": "0" });
    stream.close(constants.NGHTTP2_CANCEL);
  });
  expect(outcome).toMatchObject({ reason: "INSTANCE_LOST", lost: true });
});

test("an agent that says it was canceled ends the call so", async () => {
  const { outcome } = await callOf((stream) => {
    sayWith(stream, { "grpc-status": "1", "grpc-message": "enough" });
    stream.end();
  });
  expect(outcome).toEqual({ reason: "CANCELED", message: "enough" });
});

test.each(cuts)("no call has gone well, or may be made again, when $name", async ({ behave }) => {
  const { outcome } = await callOf(behave);
  expect(outcome.reason).toBeDefined();
  expect(outcome.refused).toBeUndefined();
});
