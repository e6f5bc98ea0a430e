import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { SmartcallError } from "@smartcall/protocol";
import fc from "fast-check";
import { expect, expectTypeOf, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import {
  type CarrierListener,
  createLink,
  type IncomingHandlers,
  type Link,
  type LinkOptions,
  type Outcome,
  type SmartcallErrorLike,
} from "../src/index.js";
import {
  createWebSocketCarrier,
  type DialWebSocketOptions,
  dialWebSocket,
  subprotocols,
  type WebSocketConstructor,
} from "../src/websocket.js";
import type { TextTypes } from "./lines-codec.js";
import { createRecorder } from "./pair.js";
import { textCodecs } from "./text-codecs.js";

const implementations: { name: string; WebSocket?: WebSocketConstructor }[] = [
  { name: "ws", WebSocket },
  { name: "the runtime's own" },
];
const ways = implementations.flatMap((implementation) =>
  Object.values(subprotocols).map((protocol) => ({ ...implementation, protocol })),
);

function codecOf(protocol: string) {
  const name = protocol === subprotocols.json ? "JSON" : "protobuf";
  const codec = textCodecs.find((codec) => codec.name === name)?.create();
  if (codec === undefined) throw new Error(`No codec ${name}.`);
  return codec;
}

interface Served {
  url: string;
  /** The link of each connection, in order. */
  links: Link<TextTypes>[];
  sockets: WebSocket[];
  errors: (SmartcallErrorLike | undefined)[];
}

/** A server whose connections are links, both subprotocols. */
async function serve(options: Partial<LinkOptions<TextTypes>> = {}): Promise<Served> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  await once(server, "listening");
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const served: Served = { url: `ws://127.0.0.1:${port}`, links: [], sockets: [], errors: [] };
  server.on("connection", (socket) => {
    const carrier = createWebSocketCarrier(socket);
    const link = createLink<TextTypes>({
      side: "acceptor",
      carrier,
      codec: codecOf(socket.protocol),
      implementation: "server/1",
      onClose: (error) => void served.errors.push(error),
      ...options,
    });
    carrier.connect(link);
    served.links.push(link);
    served.sockets.push(socket);
  });
  return served;
}

/** Dials a link; `ended` resolves with what its `onClose` hears. */
async function dial(
  options: Omit<DialWebSocketOptions, "connect">,
  linkOptions: Partial<LinkOptions<TextTypes>> = {},
) {
  let link: Link<TextTypes> | undefined;
  const ended = Promise.withResolvers<SmartcallErrorLike | undefined>();
  await dialWebSocket({
    ...options,
    connect: (carrier, protocol) => {
      link = createLink<TextTypes>({
        side: "dialer",
        carrier,
        codec: codecOf(protocol),
        implementation: "client/1",
        onClose: ended.resolve,
        ...linkOptions,
      });
      return link;
    },
  });
  if (link === undefined) throw new Error("No link was made.");
  const made = link;
  onTestFinished(() => made.close());
  return { link: made, ended: ended.promise };
}

/** Answers each message with an event, and the half-close with the close. */
function echo(exchange: { send(event: string): boolean; ready(): Promise<void>; close(): void }) {
  return {
    message: (message: string) => {
      return exchange.send(message) ? undefined : exchange.ready();
    },
    halfClose: () => exchange.close(),
  } satisfies IncomingHandlers<TextTypes>;
}

/** Sends texts on an exchange of its own, within its window, and resolves when it has ended. */
async function talk(link: Link<TextTypes>, texts: readonly string[]) {
  const heard = createRecorder();
  const closed = Promise.withResolvers<Outcome>();
  const exchange = link.open("x", { event: heard.event, close: closed.resolve });
  for (const text of texts) {
    if (!exchange.send(text)) await exchange.ready();
  }
  exchange.halfClose();
  return { events: heard.events, outcome: await closed.promise };
}

test.each(ways)(
  "$protocol on $name carries many exchanges both ways",
  async ({ protocol, ...implementation }) => {
    const served = await serve({ accept: echo });
    const { link, ended } = await dial({
      url: served.url,
      protocols: [protocol],
      ...implementation,
    });
    const talks = Array.from({ length: 20 }, (_, exchange) =>
      Array.from(
        { length: 50 },
        (_, index) => `${exchange}-${index} é😀 ${"x".repeat(index * 50)}`,
      ),
    );
    const results = await Promise.all(talks.map((texts) => talk(link, texts)));
    expect(results).toEqual(talks.map((events) => ({ events, outcome: {} })));
    link.close();
    expect(await ended).toBeUndefined();
    await expect.poll(() => served.errors.length).toBe(1);
  },
);

test.each(ways)(
  "$protocol on $name cut in the middle: what arrived is a part from the start, and every exchange ends",
  async ({ protocol, ...implementation }) => {
    const served = await serve({ accept: echo });
    const proxy = await cuttingProxy(served.url);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 600, max: 20_000 }), async (bytes) => {
        proxy.cutAfter(bytes);
        const { link, ended } = await dial({
          url: proxy.url,
          protocols: [protocol],
          ...implementation,
        });
        const texts = Array.from({ length: 100 }, (_, index) => `${index} ${"x".repeat(index)}`);
        const results = await Promise.all([0, 1, 2, 3].map(() => talk(link, texts)));
        for (const { events, outcome } of results) {
          expect(events).toEqual(texts.slice(0, events.length));
          if (outcome.lost) expect(outcome.reason).toBe("INSTANCE_LOST");
          else if (outcome.refused) expect(events).toEqual([]);
          else expect(events).toHaveLength(100);
        }
        expect(results.some(({ outcome }) => outcome.reason !== undefined)).toBe(true);
        expect(await ended).toMatchObject({ reason: "GATEWAY_UNREACHABLE" });
      }),
      { numRuns: 25 },
    );
    await expect.poll(() => served.links.map((link) => link.size).filter(Boolean)).toEqual([]);
  },
);

test.each(ways)(
  "$protocol on $name: the other side hears of a close and why",
  async ({ protocol, ...implementation }) => {
    const served = await serve();
    const { ended } = await dial({ url: served.url, protocols: [protocol], ...implementation });
    await expect.poll(() => served.links.length).toBe(1);
    served.links[0]?.close({ reason: "DRAINING", message: "bye", retryAfterMs: 250 });
    expect(await ended).toMatchObject({ reason: "DRAINING", message: "bye", retryAfterMs: 250 });
  },
);

test.each([
  { code: 4_004, text: "TASK_NOT_FOUND", want: { reason: "TASK_NOT_FOUND" } },
  { code: 4_202, text: "", want: { reason: "SLOW_CONSUMER" } },
  {
    code: 1_012,
    text: "",
    want: { reason: "DRAINING", message: "The connection was closed with 1012" },
  },
  {
    code: 1_013,
    text: "too many",
    want: { reason: "GATEWAY_FULL", message: "The connection was closed with 1013: too many" },
  },
])(
  "a socket that is closed with $code $text ends the link with $want.reason",
  async ({ code, text, want }) => {
    const served = await serve();
    const { ended } = await dial({ url: served.url, protocols: [subprotocols.json] });
    await expect.poll(() => served.sockets.length).toBe(1);
    served.sockets[0]?.close(code, text);
    expect(await ended).toMatchObject(want);
  },
);

test.each(implementations)(
  "on $name the close of a link carries the code of its reason",
  async (implementation) => {
    const served = await serve();
    const { link } = await dial({
      url: served.url,
      protocols: [subprotocols.protobuf],
      ...implementation,
    });
    await expect.poll(() => served.sockets.length).toBe(1);
    const code = closeCode(served.sockets[0]);
    link.close({ reason: "CREDENTIAL_EXPIRED" });
    expect(await code).toBe(4_201);
  },
);

test.each(implementations)(
  "on $name a full socket answers false, and says when it has room",
  async (implementation) => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    onTestFinished(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    const arrived: number[] = [];
    server.on("connection", (socket) => {
      socket.on("message", (data: Buffer) => void arrived.push(data.length));
      socket.pause();
    });
    const ready = Promise.withResolvers<void>();
    let full = 0;
    let sent = 0;
    await dialWebSocket({
      url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
      protocols: [subprotocols.protobuf],
      ...implementation,
      connect: (carrier) => {
        onTestFinished(() => carrier.close());
        // Far more than any kernel keeps for a connection.
        while (full === 0 && sent < 1_000) {
          sent += 1;
          if (!carrier.send(new Uint8Array(64 * 1_024))) full = sent;
        }
        return { ...deaf, carrierReady: ready.resolve };
      },
    });
    expect(full).toBeGreaterThanOrEqual(16);
    expect(full).toBeLessThan(1_000);
    for (const client of server.clients) client.resume();
    await ready.promise;
    await expect.poll(() => arrived.length).toBe(sent);
  },
);

test("nobody at the address is GATEWAY_UNREACHABLE", async () => {
  // Nobody listens there, nor ever will.
  const url = "ws://127.0.0.1:2";
  for (const implementation of implementations) {
    await expect(
      dialWebSocket({ url, protocols: ["x"], connect: () => deaf, ...implementation }),
    ).rejects.toMatchObject({ reason: "GATEWAY_UNREACHABLE" });
  }
});

test.each(implementations)(
  "on $name an answer that never comes is given up after the time or at an abort",
  async (implementation) => {
    const silent = createServer();
    const sockets = new Set<Socket>();
    silent.on("connection", (socket) => {
      sockets.add(socket);
      socket
        .resume()
        .on("error", () => {})
        .on("close", () => sockets.delete(socket));
    });
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const options = {
      url: `ws://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      protocols: [subprotocols.json],
      connect: () => deaf,
      ...implementation,
    };
    await expect(dialWebSocket({ ...options, connectTimeoutMs: 30 })).rejects.toMatchObject({
      reason: "GATEWAY_UNREACHABLE",
      message: expect.stringContaining("no answer within 30 ms"),
    });
    const controller = new AbortController();
    const dialled = dialWebSocket({ ...options, signal: controller.signal });
    controller.abort();
    await expect(dialled).rejects.toMatchObject({ reason: "CANCELED" });
    await expect(dialWebSocket({ ...options, signal: controller.signal })).rejects.toMatchObject({
      reason: "CANCELED",
    });
    await expect.poll(() => sockets.size).toBe(0);
  },
);

test("an abort after the connection stands ends the link at once", async () => {
  const served = await serve();
  const controller = new AbortController();
  const { link, ended } = await dial({
    url: served.url,
    protocols: [subprotocols.json],
    signal: controller.signal,
  });
  controller.abort();
  expect(link.usable).toBe(false);
  expect(await ended).toMatchObject({ reason: "CANCELED" });
  await expect.poll(() => served.errors.length).toBe(1);
});

test("a server that takes none of the subprotocols is NOT_IMPLEMENTED, or unreachable where the runtime sees it first", async () => {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: () => false,
  });
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const implementation of implementations) {
    const dialled = dialWebSocket({
      url,
      protocols: [subprotocols.json],
      connect: () => deaf,
      ...implementation,
    });
    const error: unknown = await dialled.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(SmartcallError);
    expect(["NOT_IMPLEMENTED", "GATEWAY_UNREACHABLE"]).toContain((error as SmartcallError).reason);
  }
});

test("a refusal by HTTP keeps the reason of its status where the WebSocket tells it", async () => {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    verifyClient: (_, answer) => answer(false, 401),
  });
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dialled = dialWebSocket({ url, protocols: ["x"], connect: () => deaf, WebSocket });
  await expect(dialled).rejects.toMatchObject({ reason: "UNAUTHENTICATED" });
});

test("what cannot be dialled at all is INVALID_ARGUMENT", async () => {
  const dialled = dialWebSocket({ url: "no url", protocols: ["x"], connect: () => deaf });
  await expect(dialled).rejects.toMatchObject({ reason: "INVALID_ARGUMENT" });
});

test("an error of whoever makes the link closes the socket and comes back", async () => {
  const served = await serve();
  const dialled = dialWebSocket({
    url: served.url,
    protocols: [subprotocols.json],
    connect: () => {
      throw new SmartcallError({ reason: "PERMISSION_DENIED" });
    },
  });
  await expect(dialled).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
  await expect.poll(() => served.sockets[0]?.readyState).toBe(WebSocket.CLOSED);
});

test.each(["a close", "an abort"])(
  "a socket whose other side never answers %s is ended all the same",
  async (end) => {
    const served = await serve();
    const proxy = await cuttingProxy(served.url);
    const controller = new AbortController();
    const { link } = await dial({
      url: proxy.url,
      protocols: [subprotocols.json],
      WebSocket,
      signal: controller.signal,
    });
    proxy.stall();
    if (end === "an abort") controller.abort();
    else link.close();
    await expect.poll(() => proxy.connections()).toBe(0);
  },
);

test("the WebSockets of browsers, Node and ws fit", () => {
  expectTypeOf<typeof globalThis.WebSocket>().toExtend<WebSocketConstructor>();
  expectTypeOf<typeof WebSocket>().toExtend<WebSocketConstructor>();
});

const deaf: CarrierListener = { receive: () => {}, carrierReady: () => {}, carrierLost: () => {} };

function closeCode(socket: WebSocket | undefined): Promise<number> {
  return new Promise((resolve) => socket?.once("close", resolve));
}

/** Stands between client and server, and cuts both after so many bytes of the server's. */
async function cuttingProxy(url: string) {
  let limit = Number.POSITIVE_INFINITY;
  let isStalled = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(url).port), "127.0.0.1");
    let left = limit;
    open.add(client);
    client.on("close", () => open.delete(client));
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("error", cut).on("close", cut);
    client.on("data", (chunk) => void (isStalled || upstream.write(chunk)));
    upstream.on("data", (chunk) => {
      // The cut is made when what it leaves is written; what comes until then is cut off too.
      if (isStalled || left <= 0) return;
      if (chunk.length < left) client.write(chunk);
      else client.write(chunk.subarray(0, left), cut);
      left -= chunk.length;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const client of open) client.destroy();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter: (bytes: number) => {
      limit = bytes;
    },
    stall: () => {
      isStalled = true;
    },
    connections: () => open.size,
  };
}
