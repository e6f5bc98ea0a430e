import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startGateway } from "./fixtures.js";

/** One HTTP/2 frame (RFC 9113, section 4.1). */
function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Header fields of HPACK, none of them indexed or compressed. */
function headerBlock(fields: Record<string, string>): Buffer {
  const literals = Object.entries(fields).flatMap(([name, value]) => [
    Buffer.from([0, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value),
  ]);
  return Buffer.concat(literals);
}

const preface = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  frame(4, 0, 0, Buffer.alloc(0)),
]);
const reset = Buffer.from([0, 0, 0, 8]);

const resetPaths = ["/smartcall.v1.LinkService/Attach", "/v1/agents/echo/calls", "/nowhere"];

for (const path of resetPaths) {
  test(`a stream that is reset as soon as it is opened harms nobody: ${path}`, async () => {
    await using door = await startGateway();
    const socket = connect(door.port, "127.0.0.1");
    const fields = { ":method": "POST", ":scheme": "http", ":path": path, ":authority": "a" };
    const open = headerBlock({ ...fields, "content-type": "application/grpc" });
    const frames = [1, 3, 5].flatMap((id) => [frame(1, 4, id, open), frame(3, 0, id, reset)]);
    socket.end(Buffer.concat([preface, ...frames]));
    socket.resume();
    await once(socket, "close");
    expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
  });
}

const attach = headerBlock({
  ":method": "POST",
  ":scheme": "http",
  ":path": "/smartcall.v1.LinkService/Attach",
  ":authority": "a",
  "content-type": "application/grpc",
});
const odd: { name: string; frames: Buffer[] }[] = [
  {
    name: "CONNECT",
    frames: [frame(1, 5, 1, headerBlock({ ":method": "CONNECT", ":authority": "a:1" }))],
  },
  {
    name: "no path",
    frames: [frame(1, 5, 1, headerBlock({ ":method": "GET", ":scheme": "http" }))],
  },
  {
    name: "a path that is none",
    frames: [
      frame(
        1,
        5,
        1,
        headerBlock({ ":method": "GET", ":scheme": "http", ":path": "%", ":authority": "a" }),
      ),
    ],
  },
  { name: "HPACK that is none", frames: [frame(1, 5, 1, Buffer.alloc(20, 255))] },
  { name: "data before headers", frames: [frame(0, 0, 1, Buffer.alloc(5))] },
  {
    name: "a reset that is an error",
    frames: [frame(1, 4, 1, attach), frame(3, 0, 1, Buffer.from([0, 0, 0, 1]))],
  },
  {
    name: "a link that begins with rubbish",
    frames: [frame(1, 4, 1, attach), frame(0, 0, 1, Buffer.alloc(400, 7))],
  },
  {
    name: "a link of a huge message",
    frames: [frame(1, 4, 1, attach), frame(0, 0, 1, Buffer.from([0, 255, 255, 255, 255]))],
  },
  { name: "a link that ends at once", frames: [frame(1, 5, 1, attach)] },
  { name: "a frame over the limit", frames: [frame(0, 0, 1, Buffer.alloc(20_000))] },
  { name: "a window that overflows", frames: [frame(8, 0, 0, Buffer.from([0x7f, 255, 255, 255]))] },
];

for (const { name, frames } of odd) {
  test(`odd frames harm nobody else: ${name}`, async () => {
    await using door = await startGateway();
    const socket = connect(door.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.end(Buffer.concat([preface, ...frames]));
    socket.resume();
    await once(socket, "close");
    expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
  });
}

test("a client that expects 100-continue is told to go on", async () => {
  await using door = await startGateway();
  const session = connectHttp2(door.url);
  const stream = session.request({
    ":method": "POST",
    ":path": "/v1/agents/echo/calls",
    "content-type": "application/json",
    expect: "100-continue",
  });
  await once(stream, "continue");
  stream.end('{"text":"hi"}');
  const [headers] = await once(stream, "response");
  expect(headers[":status"]).toBe(200);
  stream.resume();
  await once(stream, "close");
  session.close();
});

test("a body over the limit is refused over HTTP/2, and its stream does not linger", async () => {
  await using door = await startGateway({ limits: { bodyBytes: 1_000 } });
  const session = connectHttp2(door.url);
  const stream = session.request({
    ":method": "POST",
    ":path": "/v1/agents/echo/calls",
    "content-type": "application/json",
  });
  stream.on("error", () => undefined);
  stream.end(Buffer.alloc(8_000_000, 32));
  const [headers] = await once(stream, "response");
  expect(headers[":status"]).toBe(413);
  stream.resume();
  await once(stream, "close");
  session.close();
});
