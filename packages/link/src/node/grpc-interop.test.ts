import {
  type ClientHttp2Stream,
  connect,
  createServer,
  type IncomingHttpHeaders,
} from "node:http2";
import type { AddressInfo } from "node:net";
import * as grpc from "@grpc/grpc-js";
import { SmartcallError } from "@smartcall/protocol";
import { afterEach, expect, test } from "vitest";
import { createLinesCodec, type TextTypes } from "../../test/lines-codec.js";
import { createRecorder } from "../../test/pair.js";
import { createLink, type SmartcallErrorLike } from "../index.js";
import { dialLink } from "./dial-link.js";
import { serveLinkStream } from "./serve-link-stream.js";
import type { CarrierConnect } from "./stream-carrier.js";

const path = "/smartcall.v1.LinkService/Attach";
const stops: (() => unknown)[] = [];
const bytes = (value: Uint8Array) => Buffer.from(value);

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A server of this package whose links echo what they are opened with; answers `host:port`. */
async function serveEcho(refuse?: CarrierConnect): Promise<string> {
  const server = createServer();
  server.on("stream", (stream, headers) =>
    serveLinkStream(
      stream,
      headers,
      refuse ??
        ((carrier, peer) =>
          createLink<TextTypes>({
            side: "acceptor",
            carrier,
            codec: createLinesCodec(),
            implementation: "test/1",
            accept: (exchange, open) => {
              exchange.send(`${open} ${peer.header("x-name")}`);
              exchange.close();
              return {};
            },
          })),
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Opens the call as a stock gRPC client does. */
function callWithGrpcJs(target: string): grpc.ClientDuplexStream<Uint8Array, Buffer> {
  const client = new grpc.Client(target, grpc.credentials.createInsecure());
  stops.push(() => client.close());
  const metadata = new grpc.Metadata();
  metadata.set("x-name", "stock");
  return client.makeBidiStreamRequest(path, bytes, (packet) => packet, metadata);
}

test("a stock gRPC client speaks with a link that is served here", async () => {
  const call = callWithGrpcJs(await serveEcho());
  const heard = createRecorder();
  const status = new Promise<grpc.StatusObject>((resolve) => call.on("status", resolve));
  const link = createLink<TextTypes>({
    side: "dialer",
    carrier: { send: (packet) => call.write(packet), close: () => call.end() },
    codec: createLinesCodec(),
    implementation: "test/1",
  });
  call.on("data", (packet: Buffer) => link.receive(packet));
  await new Promise<void>((resolve) => {
    link.open("hello", { event: heard.event, close: () => resolve() }, { halfClose: true });
  });
  link.close();
  expect(heard.events).toEqual(["hello stock"]);
  expect((await status).code).toBe(grpc.status.OK);
});

/** Serves the call with the stock server; answers its URL. */
async function serveWithGrpcJs(
  handler: grpc.handleBidiStreamingCall<Uint8Array, Uint8Array>,
): Promise<string> {
  const server = new grpc.Server();
  const method = {
    path,
    requestStream: true,
    responseStream: true,
    requestSerialize: bytes,
    requestDeserialize: (packet: Buffer) => packet,
    responseSerialize: bytes,
    responseDeserialize: (packet: Buffer) => packet,
  } as const;
  server.addService({ Attach: method }, { Attach: handler });
  stops.push(() => server.forceShutdown());
  const credentials = grpc.ServerCredentials.createInsecure();
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, port) =>
      error ? reject(error) : resolve(`http://127.0.0.1:${port}`),
    );
  });
}

test("a link that is dialled here speaks with a stock gRPC server", async () => {
  const url = await serveWithGrpcJs((call) => {
    const link = createLink<TextTypes>({
      side: "acceptor",
      carrier: { send: (packet) => call.write(packet), close: () => call.end() },
      codec: createLinesCodec(),
      implementation: "test/1",
      accept: (exchange, open) => {
        exchange.send(`${open} ${call.metadata.get("x-name")[0]}`);
        exchange.close();
        return {};
      },
    });
    call.on("data", (packet: Buffer) => link.receive(packet));
    call.on("end", () => link.carrierLost());
  });
  const heard = createRecorder();
  const closed = await new Promise<SmartcallErrorLike | undefined>((resolve, reject) => {
    dialLink({
      url,
      path,
      headers: { "x-name": "ours" },
      connect: (carrier) => {
        const link = createLink<TextTypes>({
          side: "dialer",
          carrier,
          codec: createLinesCodec(),
          implementation: "test/1",
          onClose: resolve,
        });
        link.open("hello", { event: heard.event, close: () => link.close() }, { halfClose: true });
        return link;
      },
    }).catch(reject);
  });
  expect(heard.events).toEqual(["hello ours"]);
  expect(closed).toBeUndefined();
});

/** Dials, and answers the error that ends the link. */
async function dialToEnd(url: string): Promise<unknown> {
  return await new Promise((resolve, reject) => {
    const connect = () => ({ receive() {}, carrierReady() {}, carrierLost: resolve });
    dialLink({ url, path, connect }).catch(reject);
  });
}

test("the status of a stock server's refusal is the reason of the link's end", async () => {
  const url = await serveWithGrpcJs((call) => {
    call.emit("error", { code: grpc.status.UNAUTHENTICATED, details: "wer bist du – 100 %?" });
  });
  expect(await dialToEnd(url)).toMatchObject({
    reason: "UNAUTHENTICATED",
    message: expect.stringContaining("wer bist du – 100 %?"),
  });
});

test("a method that a stock server does not have is told", async () => {
  const server = new grpc.Server();
  stops.push(() => server.forceShutdown());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
  expect(await dialToEnd(`http://127.0.0.1:${port}`)).toMatchObject({ reason: "NOT_IMPLEMENTED" });
});

const refusals = [
  {
    name: "a compressed message",
    send: (stream: ClientHttp2Stream) => stream.write(Uint8Array.from([1, 0, 0, 0, 1, 7])),
    want: { status: "12", message: "Compressed messages are not taken on a link." },
  },
  {
    name: "a message larger than 4 MiB",
    send: (stream: ClientHttp2Stream) => stream.write(Uint8Array.from([0, 1, 0, 0, 0])),
    want: { status: "8", message: "A message of 16777216 bytes is larger than 4194304." },
  },
];

/** Opens the call by hand. */
function callByHand(target: string, headers: Record<string, string> = {}): ClientHttp2Stream {
  const session = connect(`http://${target}`);
  stops.push(() => new Promise<void>((resolve) => session.close(resolve)));
  return session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
}

for (const { name, send, want } of refusals) {
  test(`${name} ends the call with status ${want.status}`, async () => {
    const stream = callByHand(await serveEcho());
    send(stream);
    const trailers = await new Promise<IncomingHttpHeaders>((resolve) => {
      stream.once("trailers", resolve);
      stream.resume();
    });
    stream.close();
    expect(trailers).toMatchObject({ "grpc-status": want.status, "grpc-message": want.message });
  });
}

test("a request that is no gRPC gets 415", async () => {
  const stream = callByHand(await serveEcho(), { "content-type": "application/json" });
  const headers = await new Promise<IncomingHttpHeaders>((resolve) => {
    stream.once("response", resolve);
    stream.resume();
  });
  stream.close();
  expect(headers[":status"]).toBe(415);
});

test("an error that connect throws is the status of the call", async () => {
  const target = await serveEcho(() => {
    throw new SmartcallError({ reason: "UNAUTHENTICATED", message: "Kein Schlüssel." });
  });
  const call = callWithGrpcJs(target);
  call.on("error", () => {});
  call.resume();
  const status = await new Promise<grpc.StatusObject>((resolve) => call.on("status", resolve));
  expect(status).toMatchObject({ code: 16, details: "Kein Schlüssel." });
});

test("a link that is closed for a reason ends the call with its status, after the closing frame", async () => {
  const target = await serveEcho((carrier) => {
    const link = createLink<TextTypes>({
      side: "acceptor",
      carrier,
      codec: createLinesCodec(),
      implementation: "test/1",
      onHello: () => link.close({ reason: "DRAINING", message: "bye" }),
    });
    return link;
  });
  const call = callWithGrpcJs(target);
  call.on("error", () => {});
  const status = new Promise<grpc.StatusObject>((resolve) => call.on("status", resolve));
  const error = await new Promise<SmartcallErrorLike | undefined>((resolve) => {
    const link = createLink<TextTypes>({
      side: "dialer",
      carrier: { send: (packet) => call.write(packet), close: () => call.end() },
      codec: createLinesCodec(),
      implementation: "test/1",
      onClose: resolve,
    });
    call.on("data", (packet: Buffer) => link.receive(packet));
  });
  expect(error).toMatchObject({ reason: "DRAINING", message: "bye" });
  expect(await status).toMatchObject({ code: grpc.status.UNAVAILABLE });
});

test("an HTTP answer that is no gRPC is told with its text", async () => {
  const server = createServer();
  server.on("stream", (stream) => {
    stream.respond({ ":status": 401 });
    stream.end("Who are you?");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  expect(await dialToEnd(`http://127.0.0.1:${port}`)).toMatchObject({
    reason: "UNAUTHENTICATED",
    message: "The other side answered HTTP 401: Who are you?",
  });
});
