import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { createLinesCodec, type TextTypes } from "../../test/lines-codec.js";
import { createRecorder } from "../../test/pair.js";
import { createLink, type Link, type LinkOptions, type SmartcallErrorLike } from "../index.js";
import { type DialLinkOptions, dialLink } from "./dial-link.js";
import { serveLinkStream } from "./serve-link-stream.js";

const path = "/smartcall.v1.LinkService/Attach";
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Starts an HTTP/2 server that hands each stream on; answers its URL. */
async function serve(
  onStream: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on("stream", onStream);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A link whose end can be waited for. */
interface Watched {
  link: Link<TextTypes>;
  closed: Promise<SmartcallErrorLike | undefined>;
}

function watch(
  options: Pick<LinkOptions<TextTypes>, "side" | "carrier"> & Partial<LinkOptions<TextTypes>>,
): Watched {
  let close = (_error: SmartcallErrorLike | undefined) => {};
  const closed = new Promise<SmartcallErrorLike | undefined>((resolve) => {
    close = resolve;
  });
  const codec = createLinesCodec();
  const link = createLink<TextTypes>({
    codec,
    implementation: "test/1",
    onClose: close,
    ...options,
  });
  return { link, closed };
}

/** Serves links that echo what they are opened with. */
async function serveEcho(links: Watched[] = []): Promise<string> {
  return await serve((stream, headers) =>
    serveLinkStream(stream, headers, (carrier) => {
      const watched = watch({
        side: "acceptor",
        carrier,
        accept: (exchange, open) => {
          exchange.send(open);
          exchange.close();
          return {};
        },
      });
      links.push(watched);
      return watched.link;
    }),
  );
}

async function dial(url: string, options: Partial<DialLinkOptions> = {}): Promise<Watched> {
  const made: Watched[] = [];
  await dialLink({
    url,
    path,
    connect: (carrier) => {
      const watched = watch({ side: "dialer", carrier });
      made.push(watched);
      return watched.link;
    },
    ...options,
  });
  const [watched] = made;
  if (watched === undefined) throw new Error("connect was not called");
  return watched;
}

async function echo(link: Link<TextTypes>, text: string): Promise<string[]> {
  return await new Promise((resolve) => {
    const heard = createRecorder();
    link.open(
      text,
      { event: heard.event, close: () => resolve(heard.events) },
      { halfClose: true },
    );
  });
}

test("calls cross a real connection, and closing the link ends it on both sides", async () => {
  const served: Watched[] = [];
  const { link, closed } = await dial(await serveEcho(served));
  const texts = Array.from(
    { length: 200 },
    (_, index) => `text ${index} ${"x".repeat(index * 10)}`,
  );
  expect(await Promise.all(texts.map((text) => echo(link, text)))).toEqual(
    texts.map((text) => [text]),
  );
  link.close();
  expect(await closed).toBeUndefined();
  expect((await served[0]?.closed)?.reason).toBe("INSTANCE_LOST");
});

/** How many sockets, servers and timers this process has. */
function countResources(): Record<string, number> {
  const names = process.getActiveResourcesInfo();
  const count = (name: string) => names.filter((other) => other === name).length;
  return { TCPSocketWrap: count("TCPSocketWrap"), TCPServerWrap: count("TCPServerWrap") };
}

test("nothing is left running when a link has ended", async () => {
  // What the tests before have closed goes when the loop gets to it.
  await expect.poll(countResources).toEqual({ TCPSocketWrap: 0, TCPServerWrap: 0 });
  const url = await serveEcho();
  const { link } = await dial(url);
  await echo(link, "hello");
  expect(countResources().TCPSocketWrap).toBe(2);
  link.close();
  await expect.poll(() => countResources().TCPSocketWrap).toBe(0);
});

test("a link that is cut tells both sides at once", async () => {
  const served: Watched[] = [];
  const { link, closed } = await dial(await serveEcho(served));
  await echo(link, "hello");
  for (const stop of stops.splice(0)) await stop();
  expect((await closed)?.reason).toBe("INSTANCE_LOST");
  expect((await served[0]?.closed)?.reason).toBe("INSTANCE_LOST");
});

test("dialling where nobody is says so", async () => {
  await expect(dial("http://127.0.0.1:9")).rejects.toMatchObject({
    reason: "AGENT_UNAVAILABLE",
    retryable: true,
  });
});

test("an answer that does not come in time ends the link", async () => {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { closed } = await dial(url, { connectTimeoutMs: 50 });
  expect((await closed)?.message).toContain("no answer");
});

test("an abort ends the link at once", async () => {
  const controller = new AbortController();
  const { link, closed } = await dial(await serveEcho(), { signal: controller.signal });
  await echo(link, "hello");
  controller.abort();
  expect((await closed)?.reason).toBe("CANCELED");
});

test("an abort before dialling dials nobody", async () => {
  const dialling = dial("http://127.0.0.1:9", { signal: AbortSignal.abort() });
  await expect(dialling).rejects.toMatchObject({ reason: "CANCELED" });
});

test("a stream of many megabytes arrives whole through full buffers", async () => {
  const count = 400;
  const chunk = "x".repeat(50_000);
  const url = await serve((stream, headers) =>
    serveLinkStream(stream, headers, (carrier) => {
      const { link } = watch({
        side: "acceptor",
        carrier,
        accept: (exchange) => {
          void (async () => {
            for (let index = 0; index < count; index += 1) {
              if (!exchange.send(`${index} ${chunk}`)) await exchange.ready();
            }
            exchange.close();
          })();
          return {};
        },
      });
      return link;
    }),
  );
  const { link } = await dial(url);
  const totals = Array.from({ length: 3 }, async () => {
    let next = 0;
    const outcome = await new Promise((resolve) => {
      link.open("", {
        event: (event) => {
          expect(event.startsWith(`${next} `)).toBe(true);
          next += 1;
        },
        close: resolve,
      });
    });
    return { outcome, next };
  });
  expect(await Promise.all(totals)).toEqual(Array(3).fill({ outcome: {}, next: count }));
});

test("a stream that was reset as it opened is left alone", async () => {
  const connect = vi.fn<DialLinkOptions["connect"]>();
  const served = Promise.withResolvers<void>();
  const url = await serve((stream, headers) => {
    stream.destroy();
    try {
      serveLinkStream(stream, headers, connect);
      served.resolve();
    } catch (error) {
      served.reject(error);
    }
  });
  const listener = { receive: vi.fn(), carrierReady: vi.fn(), carrierLost: vi.fn() };
  await dialLink({ url, path, connect: () => listener });
  await served.promise;
  expect(connect).not.toHaveBeenCalled();
  await expect.poll(() => listener.carrierLost.mock.calls.length).toBe(1);
});
