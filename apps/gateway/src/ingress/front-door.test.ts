import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { FrontDoor } from "./front-door.js";
import { answerClientError } from "./rest/client-error.js";

async function openDoor(
  answer: (response: ServerResponse) => void = () => undefined,
  greetingTimeoutMs = 60_000,
) {
  const door = new FrontDoor({
    upgrades: { wants: () => false, upgrade: () => {} },
    onError: (error) => {
      throw error;
    },
    listener: (_request, response) => answer(response),
    streams: new Map(),
    clientError: answerClientError,
    greetingTimeoutMs,
    stallTimeoutMs: 50,
    bodyTimeoutMs: 50,
    onSlowRequest: (_request, response) => response.writeHead(408).end("too slow"),
    mayTakeLong: (path) => path === "/long",
  });
  const { port } = await door.listen(0, "127.0.0.1");
  return { port, [Symbol.asyncDispose]: () => door.close(0) };
}

/** Sends a text and reads until the other side hangs up. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1", () => socket.write(text));
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    answer += chunk;
  });
  socket.on("error", () => undefined);
  await once(socket, "close");
  return answer;
}

for (const said of ["", "P", "PRI", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]) {
  test(`hangs up on who never says what it speaks: ${JSON.stringify(said)}`, async () => {
    await using door = await openDoor(undefined, 50);
    await exchange(door.port, said);
  });
}

test.each(["", "PR"])("lets go at once of who leaves after saying %j", async (said) => {
  await using door = await openDoor();
  const socket = connect(door.port, "127.0.0.1", () => socket.end(said));
  await once(socket, "close");
});

const get = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

test("bytes that are no HTTP are not answered in the middle of another answer", async () => {
  await using door = await openDoor((response) => response.write("first"));
  expect(await exchange(door.port, `${get}no HTTP\r\n\r\n`)).not.toContain("INVALID_ARGUMENT");
});

test("bytes that are no HTTP do not answer the request before them", async () => {
  await using door = await openDoor();
  expect(await exchange(door.port, `${get}no HTTP\r\n\r\n`)).toBe("");
});

test("a connection that takes nothing of a whole answer is cut", async () => {
  const cut = Promise.withResolvers<boolean>();
  await using door = await openDoor((response) => {
    response.on("close", () => cut.resolve(response.writableFinished));
    response.end(Buffer.alloc(32 * 1024 * 1024));
  });
  const socket = connect(door.port, "127.0.0.1", () => socket.write(get));
  socket.on("error", () => undefined);
  socket.pause();
  expect(await cut.promise).toBe(false);
  socket.destroy();
});

/** A request over HTTP/2 that never ends its body: its status, and how its stream ended. */
async function ask(port: number, path: string) {
  const client = connectHttp2(`http://127.0.0.1:${port}`);
  onTestFinished(() => client.destroy());
  const stream = client.request({ ":method": "POST", ":path": path });
  stream.on("error", () => undefined);
  stream.write("the beginning");
  return { client, stream };
}

test("an HTTP/2 body that never ends is answered, and its stream does not linger", async () => {
  await using door = await openDoor();
  const { stream } = await ask(door.port, "/");
  const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
  expect(headers[":status"]).toBe(408);
  stream.resume();
  await once(stream, "close");
});

test("an HTTP/2 body that goes on after its answer does not hold the stream", async () => {
  await using door = await openDoor((response) => response.end("enough"));
  const { stream } = await ask(door.port, "/");
  const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
  expect(headers[":status"]).toBe(200);
  stream.resume();
  await once(stream, "close");
});

test("an HTTP/2 body that may take long does", async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  await using door = await openDoor(asked.resolve);
  const long = await ask(door.port, "/long");
  const response = await asked.promise;
  // By then it would have been answered, had it been limited as this one is.
  const { stream } = await ask(door.port, "/");
  await once(stream, "response");
  expect(long.stream.closed).toBe(false);
  response.end("at last");
  const [headers] = (await once(long.stream, "response")) as [Record<string, unknown>];
  expect(headers[":status"]).toBe(200);
});
