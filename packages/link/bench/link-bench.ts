// What a call costs on a link, as ratios to a bare loop of protobuf-es on the same messages.
import { fork } from "node:child_process";
import { once } from "node:events";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createLink, createMemoryCarriers, type Link } from "@smartcall/link";
import { dialLink } from "@smartcall/link/node";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import { type Frame, Frame_CloseSchema, FrameSchema } from "@smartcall/protocol/proto";
import { callsPerSecond, createEvent, createOpen, echo } from "./call.ts";
import { tokenWays } from "./token.ts";

const codec = createProtobufCodec();
const rounds = Number(process.env["ROUNDS"] ?? 3);

/** Runs often enough to be warm; microseconds per run, the best of some rounds. */
function microseconds(run: () => void, times = 20_000, repeats = 5): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < repeats; round += 1) {
    const start = performance.now();
    for (let index = 0; index < times; index += 1) run();
    best = Math.min(best, ((performance.now() - start) * 1_000) / times);
  }
  return best;
}

function bareCall(): number {
  const through = (exchange: number, body: Frame["body"]) =>
    fromBinary(FrameSchema, toBinary(FrameSchema, create(FrameSchema, { exchange, body })));
  return microseconds(() => {
    const { body } = through(7, { case: "open", value: createOpen(7) });
    if (body.case !== "open") throw new Error("no open");
    through(7, { case: "event", value: createEvent(body.value) });
    through(7, { case: "close", value: create(Frame_CloseSchema, { events: 1 }) });
  });
}

function reportCodec(): void {
  const open = createOpen(7);
  const frames = {
    open: { kind: "open", exchange: 7, open, halfClose: true },
    event: { kind: "event", exchange: 7, event: createEvent(open) },
    close: { kind: "close", exchange: 7, outcome: {}, events: 1 },
  } as const;
  for (const [name, frame] of Object.entries(frames)) {
    const bytes = codec.encode(frame);
    const encode = microseconds(() => codec.encode(frame));
    const decode = microseconds(() => codec.unpack(bytes));
    print(
      `${name}, ${bytes.length} bytes`,
      `encode ${encode.toFixed(2)} µs`,
      `decode ${decode.toFixed(2)} µs`,
    );
  }
}

function reportTokens(): void {
  // Short rounds and many of them, since a round that the machine's others disturb says nothing.
  for (const { name, tokens, write, read } of tokenWays()) {
    const packet = write();
    const perToken = (run: () => void) => (microseconds(run, 50, 300) / tokens).toFixed(2);
    print(
      `token, ${name}`,
      `write ${perToken(write)} µs`,
      `read ${perToken(() => read(packet))} µs`,
      `${packet.length / tokens} bytes`,
    );
  }
}

function inMemory(): { link: Link<ProtocolTypes>; stop: () => void } {
  const carriers = createMemoryCarriers();
  const shared = { codec, implementation: "bench/1" };
  const link = createLink({ ...shared, side: "dialer", carrier: carriers[0] });
  const other = createLink({ ...shared, side: "acceptor", carrier: carriers[1], accept: echo });
  carriers[0].connect(link);
  carriers[1].connect(other);
  return { link, stop: () => link.close() };
}

async function inTwoProcesses(): Promise<{ link: Link<ProtocolTypes>; stop: () => void }> {
  const child = fork(new URL("serve.ts", import.meta.url), { execArgv: [] });
  const [address] = (await once(child, "message")) as [{ port: number }];
  const { promise, resolve } = Promise.withResolvers<Link<ProtocolTypes>>();
  await dialLink({
    url: `http://127.0.0.1:${address.port}`,
    path: "/smartcall.v1.LinkService/Attach",
    connect: (carrier) => {
      const link = createLink({ side: "dialer", carrier, codec, implementation: "bench/1" });
      resolve(link);
      return link;
    },
  });
  const link = await promise;
  return {
    link,
    stop: () => {
      link.close();
      child.disconnect();
    },
  };
}

async function best(
  link: Link<ProtocolTypes>,
  concurrency: number,
  total: number,
): Promise<number> {
  await callsPerSecond(link, concurrency, total);
  let fastest = 0;
  for (let round = 0; round < rounds; round += 1) {
    fastest = Math.max(fastest, await callsPerSecond(link, concurrency, total));
  }
  return fastest;
}

function print(...columns: string[]): void {
  console.log(columns.map((column) => column.padEnd(28)).join(""));
}

const bare = 1e6 / bareCall();
print("bare protobuf-es", `${bare.toFixed(0)} calls/s`, "1.00");
reportCodec();
reportTokens();
for (const [place, connect] of [
  ["in memory", async () => inMemory()],
  ["two processes, http2", inTwoProcesses],
] as const) {
  const { link, stop } = await connect();
  for (const [concurrency, total] of [
    [64, 40_000],
    [1, 4_000],
  ] as const) {
    const rate = await best(link, concurrency, total);
    print(
      `${place}, ${concurrency} at once`,
      `${rate.toFixed(0)} calls/s`,
      (rate / bare).toFixed(2),
    );
  }
  stop();
}
