import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { FrontDoor } from "./front-door.js";
import { answerClientError } from "./rest/client-error.js";

async function openDoor(
  answer: (response: ServerResponse) => void = () => undefined,
  greetingTimeoutMs = 50,
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
    await using door = await openDoor();
    await exchange(door.port, said);
  });
}

test.each(["", "PR"])("lets go at once of who leaves after saying %j", async (said) => {
  await using door = await openDoor(undefined, 60_000);
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
