import { connect } from "node:net";
import { expect, test } from "vitest";
import { startGateway } from "./fixtures.js";

interface Hostile {
  name: string;
  /** What is sent, byte by byte; a function when it is large. */
  send: () => Buffer;
  /** The status of the answer, and the reason where the answer is a problem. */
  want: { status: number; reason?: string };
}

const host = "host: 127.0.0.1\r\n";
const json = "content-type: application/json\r\n";

function raw(...pieces: (string | Buffer)[]): Buffer {
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as string)));
}

/** A POST of a body to a path, with headers of its own. */
function posted(body: string | Buffer, path = "/v1/agents/echo/calls", headers = json): Buffer {
  const bytes = Buffer.from(body as string);
  return raw(
    `POST ${path} HTTP/1.1\r\n${host}${headers}content-length: ${bytes.length}\r\nconnection: close\r\n\r\n`,
    bytes,
  );
}

function got(path: string, headers = ""): Buffer {
  return raw(`GET ${path} HTTP/1.1\r\n${host}${headers}connection: close\r\n\r\n`);
}

const invalid = { status: 400, reason: "INVALID_ARGUMENT" };

/** Requests that do harm elsewhere, each with the answer that it gets here. */
const hostile: Hostile[] = [
  { name: "JSON that stops in the middle", send: () => posted('{"text":"a'), want: invalid },
  { name: "JSON with something behind it", send: () => posted('{"text":"a"} x'), want: invalid },
  {
    name: "bytes that are no UTF-8",
    send: () => posted(raw('{"text":"', Buffer.from([0xc3, 0x28]), '"}')),
    want: invalid,
  },
  { name: "a number where text belongs", send: () => posted('{"text":5}'), want: invalid },
  { name: "a list where the object belongs", send: () => posted("[]"), want: invalid },
  {
    name: "a field that the contract lacks",
    send: () => posted('{"text":"a","txet":"b"}'),
    want: invalid,
  },
  {
    name: "two inputs where one belongs",
    send: () => posted('{"text":"a","data":1}'),
    want: invalid,
  },
  { name: "no input", send: () => posted("{}"), want: invalid },
  {
    name: "a message without parts",
    send: () => posted('{"message":{"parts":[]}}'),
    want: invalid,
  },
  { name: "the same key twice", send: () => posted('{"text":"a","text":"b"}'), want: invalid },
  {
    name: "a __proto__ key",
    send: () => posted('{"text":"a","metadata":{"__proto__":{"x":1}}}'),
    want: invalid,
  },
  {
    name: "a list 100,000 deep",
    send: () => posted(`{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
    want: invalid,
  },
  {
    name: "a body of 10 MB",
    send: () => posted(`{"text":"${"x".repeat(10_000_000)}"}`),
    want: { status: 413, reason: "PAYLOAD_TOO_LARGE" },
  },
  {
    name: "another media type",
    send: () => posted("<a/>", undefined, "content-type: text/xml\r\n"),
    want: { status: 415, reason: "UNSUPPORTED_MEDIA_TYPE" },
  },
  {
    name: "a compressed body",
    send: () => posted("x", undefined, `${json}content-encoding: gzip\r\n`),
    want: { status: 415, reason: "UNSUPPORTED_MEDIA_TYPE" },
  },
  {
    name: "an agent that is not there",
    send: () => posted('{"text":"a"}', "/v1/agents/nobody/calls"),
    want: { status: 404, reason: "AGENT_NOT_FOUND" },
  },
  {
    name: "a task that is not there",
    send: () => got("/v1/tasks/nothing"),
    want: { status: 404, reason: "TASK_NOT_FOUND" },
  },
  {
    name: "a way out of the folder",
    send: () => got("/v1/../../etc/passwd"),
    want: { status: 404, reason: "ROUTE_NOT_FOUND" },
  },
  {
    name: "an encoded way out",
    send: () => got("/v1/agents/..%2f..%2fetc%2fpasswd"),
    want: { status: 404, reason: "AGENT_NOT_FOUND" },
  },
  { name: "a broken escape in the path", send: () => got("/v1/agents/%zz"), want: invalid },
  {
    name: "a method that the path lacks",
    send: () => raw(`DELETE /v1/tasks HTTP/1.1\r\n${host}connection: close\r\n\r\n`),
    want: { status: 405, reason: "METHOD_NOT_ALLOWED" },
  },
  {
    name: "a query that the contract lacks",
    send: () => got("/v1/tasks?admin=true"),
    want: invalid,
  },
  {
    name: "a page of two billion",
    send: () => got("/v1/tasks?pageSize=2000000000"),
    want: invalid,
  },
  {
    name: "a form of answer that is not there",
    send: () => got("/v1/tasks", "accept: image/png\r\n"),
    want: { status: 406, reason: "NOT_ACCEPTABLE" },
  },
  {
    name: "a flood of headers",
    send: () =>
      got(
        "/v1/agents",
        Array.from({ length: 2_000 }, (_, index) => `x-${index}: ${"y".repeat(20)}\r\n`).join(""),
      ),
    want: { status: 431, reason: "HEADERS_TOO_LARGE" },
  },
  {
    name: "two lengths",
    send: () =>
      raw(`POST /v1/calls HTTP/1.1\r\n${host}content-length: 2\r\ncontent-length: 3\r\n\r\n{}x`),
    want: invalid,
  },
  {
    name: "a length and chunks (smuggling)",
    send: () =>
      raw(
        `POST /v1/calls HTTP/1.1\r\n${host}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      ),
    want: invalid,
  },
  {
    name: "two hosts",
    send: () => raw(`GET /v1/agents HTTP/1.1\r\n${host}host: evil\r\nconnection: close\r\n\r\n`),
    want: invalid,
  },
  {
    name: "HTTP/1.0 with chunks",
    send: () =>
      raw("POST /v1/calls HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
    want: invalid,
  },
  { name: "no HTTP at all", send: () => raw("\u0016\u0003\u0001\u0002\r\n\r\n"), want: invalid },
  {
    name: "an idempotency key of 10 kB",
    send: () =>
      posted('{"text":"a"}', undefined, `${json}idempotency-key: ${"k".repeat(10_000)}\r\n`),
    want: invalid,
  },
  {
    name: "a deadline that is no number",
    send: () => posted('{"text":"a"}', undefined, `${json}request-timeout: soon\r\n`),
    want: invalid,
  },
];

/** Sends bytes as they are and reads the answer until the gateway hangs up. */
function exchange(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.setTimeout(45_000, () => socket.destroy(new Error("no answer within 45 s")));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    // The gateway may hang up while a body that it refused is still on its way.
    socket.on("error", (error) => (answer ? resolve(answer) : reject(error)));
    socket.on("close", () => resolve(answer));
    socket.write(bytes);
  });
}

for (const { name, send, want } of hostile) {
  test(`refuses ${name}: ${want.status}`, async () => {
    await using door = await startGateway();
    const answer = await exchange(door.port, send());
    expect(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), answer.slice(0, 500)).toBe(want.status);
    const body = answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1);
    expect(JSON.parse(body)).toMatchObject({ status: want.status, reason: want.reason });
    expect(answer.toLowerCase()).toContain("content-type: application/problem+json");
    expect(answer).not.toContain("    at ");
    expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
  });
}

test("memory returns to where it was after a thousand of them", async () => {
  await using door = await startGateway();
  const collect = globalThis.gc;
  if (!collect) throw new Error("run with --expose-gc");
  async function round(times: number): Promise<number> {
    for (let index = 0; index < times; index++) {
      const one = hostile[index % hostile.length];
      if (one) await exchange(door.port, one.send());
    }
    for (let settle = 0; settle < 3; settle++) {
      collect?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  }
  const before = await round(hostile.length * 3);
  const after = await round(hostile.length * 32);
  expect((after - before) / 1024 / 1024).toBeLessThan(8);
}, 300_000);
