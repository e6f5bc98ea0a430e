import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bandwidth,
  createFaultProxy,
  cut,
  duplicate,
  type Fault,
  garble,
  latency,
  slice,
  stall,
} from "../src/index.js";
import { exchange, readAll, startProxy, startServer } from "./test-server.js";

const text = Buffer.from(Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join(""));

/** Faults that lose nothing, however they are put together. */
const harmless: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ bytes: fc.integer({ min: 1, max: 900 }), random: fc.boolean() }).map(slice),
  fc.record({ after: fc.nat(5_000), ms: fc.nat(20) }).map(stall),
  fc.record({ ms: fc.nat(20), jitterMs: fc.nat(10) }).map(latency),
  fc.record({ bytesPerSecond: fc.integer({ min: 100_000, max: 10_000_000 }) }).map(bandwidth),
);

test("faults that lose nothing lose nothing, whichever are put together", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port);
  await fc.assert(
    fc.asyncProperty(
      fc.array(harmless, { maxLength: 4 }),
      fc.array(harmless, { maxLength: 4 }),
      fc.uint8Array({ maxLength: 3_000 }),
      async (upstream, downstream, question) => {
        proxy.setFaults({ upstream, downstream });
        const answer = await exchange(proxy.port, Buffer.from(question));
        expect(answer).toEqual({ bytes: text, end: "end" });
        expect(await server.received.at(-1)).toEqual(Buffer.from(question));
      },
    ),
    { numRuns: 40 },
  );
});

test.each([
  { name: "slices of nothing", make: () => slice({ bytes: 0 }), want: /bytes/ },
  { name: "no bandwidth", make: () => bandwidth({ bytesPerSecond: 0 }), want: /bytesPerSecond/ },
  { name: "a cut nowhere", make: () => cut({ after: Number.NaN }), want: /after/ },
  { name: "a stall for a time that is none", make: () => stall({ ms: -1 }), want: /ms/ },
  { name: "a latency that is none", make: () => latency({ ms: Number.NaN }), want: /ms/ },
])("$name are refused by name", ({ make, want }) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(want);
});

test.each(["close", "reset"] as const)("a %s cuts those too that nobody answers", async (kind) => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port);
  proxy.setFaults({ accept: "blackHole" });
  const socket = connect(proxy.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.write("anybody?");
  await expect.poll(() => proxy.accepted).toBe(1);
  proxy.cutAll(kind);
  expect(await closed).toBe(kind === "reset");
});

test("a stall that begins when its connection is over ends with it", async () => {
  const over = new AbortController();
  over.abort(new Error("over"));
  async function* chunks() {
    yield Buffer.from("late");
  }
  const stalled = stall()(chunks(), { random: Math.random, signal: over.signal });
  await expect(stalled[Symbol.asyncIterator]().next()).rejects.toThrow("over");
});

test("a cut with FIN passes exactly so many bytes, at any place of any stream", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length),
      fc.array(harmless, { maxLength: 2 }),
      async (after, before) => {
        proxy.setFaults({ downstream: [...before, cut({ after })] });
        expect(await exchange(proxy.port)).toEqual({ bytes: text.subarray(0, after), end: "end" });
      },
    ),
    { numRuns: 40 },
  );
});

test("what is delayed before a cut still arrives", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port, {
    downstream: [cut({ after: 100 }), latency({ ms: 20 }), slice({ bytes: 7 })],
  });
  expect((await exchange(proxy.port)).bytes).toEqual(text.subarray(0, 100));
});

test("a cut with RST is a reset to both sides", async () => {
  const server = await startServer(text, { staysOpen: true });
  const proxy = await startProxy(server.port, { downstream: [cut({ after: 10, kind: "reset" })] });
  const { bytes, end } = await exchange(proxy.port);
  expect(end).toBe("ECONNRESET");
  expect(text.subarray(0, 10).subarray(0, bytes.length)).toEqual(bytes);
});

test("a cut upstream lets the target have what came before it", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port, { upstream: [cut({ after: 3 })] });
  await exchange(proxy.port, Buffer.from("abcdef"));
  expect(String(await server.received[0])).toBe("abc");
});

test("a stall for good holds what follows, and the connection open", async () => {
  const server = await startServer(text, { staysOpen: true });
  const proxy = await startProxy(server.port, { downstream: [stall({ after: 12 })] });
  const socket = connect({ port: proxy.port, host: "127.0.0.1" });
  const [first] = (await once(socket, "data")) as [Buffer];
  expect(first).toEqual(text.subarray(0, 12));
  socket.write("still open");
  await expect.poll(() => proxy.bytes.upstream).toBe(10);
  expect(proxy.bytes.downstream).toBe(12);
  expect(proxy.connections.size).toBe(1);
  socket.destroy();
});

test("bandwidth takes the time that the bytes need", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port, {
    downstream: [bandwidth({ bytesPerSecond: 20_000 })],
  });
  const start = performance.now();
  expect((await exchange(proxy.port)).bytes).toEqual(text);
  expect(performance.now() - start).toBeGreaterThan((text.length / 20_000) * 1000 * 0.9);
});

test("one byte at a time arrives in as many pieces", async () => {
  const server = await startServer(text.subarray(0, 50));
  const proxy = await startProxy(server.port, { downstream: [slice()] });
  const socket = connect({ port: proxy.port, host: "127.0.0.1" });
  let pieces = 0;
  socket.on("data", () => pieces++);
  await once(socket, "end");
  // The kernel may join neighbours when this process is late.
  expect(pieces).toBeGreaterThan(20);
});

test("a duplicate repeats the chunk that holds the place", async () => {
  const server = await startServer(text.subarray(0, 100));
  const proxy = await startProxy(server.port, {
    downstream: [slice({ bytes: 10 }), duplicate({ at: 25 })],
  });
  const want = Buffer.concat([text.subarray(0, 30), text.subarray(20, 100)]);
  expect((await exchange(proxy.port)).bytes).toEqual(want);
});

test("garbling flips one bit in each byte that is named, and nothing else", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port, {
    downstream: [slice({ bytes: 11 }), garble({ at: 20, bytes: 5 })],
  });
  const { bytes } = await exchange(proxy.port);
  const bits = [...bytes].map((byte, index) => byte ^ (text[index] ?? 0));
  const isOneBit = (value: number) => value !== 0 && (value & (value - 1)) === 0;
  expect(bits.flatMap((value, index) => (isOneBit(value) ? [index] : []))).toEqual([
    20, 21, 22, 23, 24,
  ]);
  expect(bits.filter((value) => value !== 0)).toHaveLength(5);
});

test("the same seed does the same harm, another seed another", async () => {
  const server = await startServer(text);
  const harm = async (seed: number) => {
    const proxy = await startProxy(
      server.port,
      ({ random }) => ({
        downstream: [garble({ at: Math.floor(random() * text.length), bytes: 40 })],
      }),
      seed,
    );
    return [await exchange(proxy.port), await exchange(proxy.port)].map(({ bytes }) =>
      bytes.toString("hex"),
    );
  };
  const first = await harm(7);
  expect(await harm(7)).toEqual(first);
  expect(await harm(8)).not.toEqual(first);
  expect(first[0]).not.toBe(first[1]);
});

test("bytes and connections are counted, of each connection and in all", async () => {
  const server = await startServer(text, { staysOpen: true });
  const proxy = await startProxy(server.port, ({ index }) =>
    index === 1 ? { downstream: [cut({ after: 100 })] } : undefined,
  );
  const staying = connect({ port: proxy.port, host: "127.0.0.1" });
  staying.write("hello");
  await expect
    .poll(() => [...proxy.connections][0]?.bytes)
    .toEqual({ upstream: 5, downstream: text.length });
  await exchange(proxy.port, Buffer.from("abc"));
  expect(proxy.accepted).toBe(2);
  expect(proxy.bytes.downstream).toBe(text.length + 100);
  expect([...proxy.connections].map(({ index }) => index)).toEqual([0]);
  staying.destroy();
  await expect.poll(() => proxy.connections.size).toBe(0);
});

test("a black hole accepts, and neither answers nor reaches the target", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port, { accept: "blackHole" });
  const socket = connect({ port: proxy.port, host: "127.0.0.1" });
  await once(socket, "connect");
  const read = readAll(socket);
  await expect.poll(() => proxy.accepted).toBe(1);
  await proxy.close();
  expect((await read).bytes).toHaveLength(0);
  expect(server.received).toHaveLength(0);
});

test("a reset instead of an answer is one", async () => {
  const server = await startServer(text);
  const proxy = await startProxy(server.port, { accept: "reset" });
  expect((await exchange(proxy.port)).end).toBe("ECONNRESET");
});

test("offline resets what is open and refuses; online is the same port again", async () => {
  const server = await startServer(text, { staysOpen: true });
  const proxy = await startProxy(server.port);
  const { port } = proxy;
  const open = readAll(connect({ port, host: "127.0.0.1" }));
  await expect.poll(() => proxy.bytes.downstream).toBe(text.length);
  await proxy.goOffline();
  expect((await open).end).toBe("ECONNRESET");
  expect((await exchange(port)).end).toBe("ECONNREFUSED");
  await proxy.goOnline();
  expect(proxy.port).toBe(port);
  const again = connect({ port, host: "127.0.0.1" });
  expect(await once(again, "data")).toEqual([text]);
  proxy.cutAll();
  await once(again, "close");
});

test.runIf(process.platform === "linux")(
  "a port that is offline is given to nobody else, and can be had again at once",
  async () => {
    const server = await startServer(text);
    const proxy = await startProxy(server.port);
    /** What the kernel says of the sockets that have the port, as 01 for a connection. */
    const states = () => {
      const port = proxy.port.toString(16).toUpperCase().padStart(4, "0");
      const sockets = readFileSync("/proc/net/tcp", "utf8");
      return [...sockets.matchAll(RegExp(`^ *\\d+: \\w+:${port} \\w+:\\w+ (\\w+)`, "gm"))].map(
        ([, state]) => state,
      );
    };
    await proxy.goOffline();
    expect((await exchange(proxy.port)).end).toBe("ECONNREFUSED");
    expect(states()).toEqual(["01"]);
    await proxy.goOnline();
    expect(states()).toContain("0A");
    expect((await exchange(proxy.port)).bytes).toEqual(text);
  },
);

test("a target that is not there is a reset", async () => {
  const proxy = await createFaultProxy({ target: { port: 1 } });
  expect((await exchange(proxy.port, Buffer.from("x"))).end).toBe("ECONNRESET");
  await proxy.close();
  expect(proxy.connections.size).toBe(0);
});

test("a port that is taken is said", async () => {
  const { port } = await startServer(text);
  await expect(createFaultProxy({ target: { port: 1 }, port })).rejects.toThrow("EADDRINUSE");
});
