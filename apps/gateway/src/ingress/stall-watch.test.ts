import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { sentBytes } from "./sent-bytes.js";
import { StallWatch } from "./stall-watch.js";

/** Both ends of a connection, and how much the client has read. */
async function createConnection() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const client = connect(port, "127.0.0.1").pause();
  const [socket] = (await once(server, "connection")) as [Socket];
  for (const end of [client, socket]) end.on("error", () => undefined);
  onTestFinished(() => {
    client.destroy();
    socket.destroy();
    server.close();
  });
  let received = 0;
  /** Reads until so much has been read in all. */
  async function readBeyond(bytes: number): Promise<void> {
    while (received <= bytes) {
      const chunk: Buffer | null = client.read();
      if (chunk) received += chunk.length;
      else await once(client, "readable");
    }
  }
  return { socket, readBeyond };
}

test("a connection that is slow with one large write is not cut while it takes some of it, then it is", async () => {
  const { socket, readBeyond } = await createConnection();
  const watch = new StallWatch();
  socket.write(Buffer.alloc(64 * 1024 * 1024));
  for (let look = 0; look < 5; look++) {
    watch.look([socket]);
    expect(socket.destroyed).toBe(false);
    await readBeyond(sentBytes(socket));
  }
  expect(socket.writableLength).toBe(64 * 1024 * 1024);
  await expect
    .poll(() => {
      watch.look([socket]);
      return socket.destroyed;
    })
    .toBe(true);
});

test("a connection that has taken everything is not cut", async () => {
  const { socket, readBeyond } = await createConnection();
  const watch = new StallWatch();
  socket.write(Buffer.alloc(1_000));
  await readBeyond(999);
  await expect.poll(() => socket.writableLength).toBe(0);
  for (let look = 0; look < 3; look++) watch.look([socket]);
  expect(socket.destroyed).toBe(false);
});
