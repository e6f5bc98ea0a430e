import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import {
  type ConnectionFaults,
  createFaultProxy,
  type FaultProxy,
  type FaultsFor,
} from "../src/index.js";

/** What a server on a loopback port has seen. */
export interface TestServer {
  readonly port: number;
  /** What each connection sent, whole once it has ended. */
  readonly received: Promise<Buffer>[];
}

/** Starts a server that sends `answer` to everyone and ends, or stays open. */
export async function startServer(answer: Buffer, { staysOpen = false } = {}): Promise<TestServer> {
  const received: Promise<Buffer>[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    received.push(readAll(socket).then(({ bytes }) => bytes));
    if (staysOpen) socket.write(answer);
    else socket.end(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return { port: (server.address() as AddressInfo).port, received };
}

/** Starts a proxy in front of a port for the length of a test. */
export async function startProxy(
  port: number,
  faults: ConnectionFaults | FaultsFor = {},
  seed = 1,
): Promise<FaultProxy> {
  const proxy = await createFaultProxy({ target: { port }, faults, seed });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** All that a socket receives, and how it ended: `end`, or the code of its error. */
export async function readAll(socket: Socket): Promise<{ bytes: Buffer; end: string }> {
  const chunks: Buffer[] = [];
  let end = "end";
  socket.on("error", (error: NodeJS.ErrnoException) => {
    end = error.code ?? error.message;
  });
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("end", () => socket.end());
  await new Promise((resolve) => socket.once("close", resolve));
  return { bytes: Buffer.concat(chunks), end };
}

/** Connects, sends `question`, and reads until the end. */
export async function exchange(port: number, question = Buffer.alloc(0)) {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.end(question);
  return readAll(socket);
}
