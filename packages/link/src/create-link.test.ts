import { SmartcallError } from "@smartcall/protocol";
import { expect, test } from "vitest";
import { createLinesCodec, type TextTypes } from "../test/lines-codec.js";
import { createPair, createRecorder } from "../test/pair.js";
import type {
  Cancellation,
  CarrierListener,
  Frame,
  Hello,
  IncomingExchange,
  SmartcallErrorLike,
} from "./index.js";

test("a call brings its events in order, then its close", async () => {
  const { dialer, acceptor, settle } = createPair({
    acceptor: {
      accept: (exchange, open) => {
        exchange.send(`${open} 1`);
        exchange.send(`${open} 2`);
        exchange.close();
        return {};
      },
    },
  });
  const heard = createRecorder();
  dialer.open("hello", heard, { halfClose: true });
  await settle();
  expect(heard.events).toEqual(["hello 1", "hello 2"]);
  expect(heard.outcomes).toEqual([{}]);
  expect([dialer.size, acceptor.size]).toEqual([0, 0]);
});

test("both sides say hello first", async () => {
  const hellos: Hello[] = [];
  const { settle } = createPair({
    dialer: { token: "secret", instanceId: "i-1", windowBytes: 1_000 },
    acceptor: { onHello: (hello) => void hellos.push(hello) },
  });
  await settle();
  expect(hellos).toEqual([
    {
      version: 1,
      implementation: "test-dialer/1",
      windowBytes: 1_000,
      maxFrameBytes: 3 * 1_024 * 1_024,
      token: "secret",
      instanceId: "i-1",
    },
  ]);
});

test("messages go the other way, and the half-close comes after them", async () => {
  const heard: string[] = [];
  const { dialer, settle } = createPair({
    acceptor: {
      accept: (exchange) => ({
        message: (message) => void heard.push(message),
        halfClose: () => {
          heard.push("half-close");
          exchange.close();
        },
      }),
    },
  });
  const calling = createRecorder();
  const exchange = dialer.open("chat", calling);
  exchange.send("a");
  exchange.send("b");
  exchange.halfClose();
  await settle();
  expect(heard).toEqual(["a", "b", "half-close"]);
  expect(calling.outcomes).toEqual([{}]);
});

test("a cancel is heard at once here and as a cancel there", async () => {
  const canceled: Cancellation[] = [];
  let serving: IncomingExchange<TextTypes> | undefined;
  const { dialer, acceptor, settle } = createPair({
    acceptor: {
      accept: (exchange) => {
        serving = exchange;
        return { cancel: (cancellation) => void canceled.push(cancellation) };
      },
    },
  });
  const heard = createRecorder();
  const exchange = dialer.open("slow", heard);
  await settle();
  exchange.cancel({ reason: "DEADLINE_EXCEEDED", message: "too late" });
  expect(heard.outcomes).toEqual([{ reason: "DEADLINE_EXCEEDED", message: "too late" }]);
  serving?.send("late");
  await settle();
  serving?.send("later");
  serving?.close();
  await settle();
  expect(canceled).toEqual([{ reason: "DEADLINE_EXCEEDED", message: "too late" }]);
  expect(heard.events).toEqual([]);
  expect(heard.outcomes).toHaveLength(1);
  expect([dialer.size, acceptor.size]).toEqual([0, 0]);
});

test("all frames of one turn leave as one packet", async () => {
  const packets: (Uint8Array | string)[] = [];
  const { dialer, acceptor, carriers, settle } = createPair();
  await settle();
  carriers[1].connect({
    ...listener(acceptor),
    receive: (packet) => {
      packets.push(packet);
      acceptor.receive(packet);
    },
  });
  for (let index = 0; index < 50; index += 1) dialer.open(`${index}`, createRecorder());
  await settle();
  expect(packets).toHaveLength(1);
});

test("packets are split at their limit, and a larger frame goes alone", async () => {
  const sizes: number[] = [];
  const { dialer, acceptor, carriers, settle } = createPair({ dialer: { maxPacketBytes: 300 } });
  await settle();
  carriers[1].connect({
    ...listener(acceptor),
    receive: (packet) => void sizes.push(packet.length),
  });
  for (let index = 0; index < 10; index += 1) dialer.open(`${index}`, createRecorder());
  dialer.open("x".repeat(1_000), createRecorder());
  dialer.open("last", createRecorder());
  await settle();
  expect(sizes.filter((size) => size > 300)).toHaveLength(1);
  expect(sizes.length).toBeLessThan(8);
});

test("a sender hears when the window is used up and when it is not", async () => {
  let serving: IncomingExchange<TextTypes> | undefined;
  let release = () => {};
  const { dialer, settle } = createPair({
    dialer: { windowBytes: 200 },
    acceptor: {
      accept: (exchange) => {
        serving = exchange;
        return {};
      },
    },
  });
  const heard = createRecorder(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  dialer.open("", heard);
  await settle();
  const sent = ["a", "b", "c", "d", "e"].map((text) => serving?.send(text.repeat(50)));
  expect(sent).toEqual([true, true, false, false, false]);
  let isReady = false;
  void serving?.ready().then(() => {
    isReady = true;
  });
  await settle();
  expect(heard.events).toHaveLength(1);
  expect(isReady).toBe(false);
  for (let index = 0; index < 5; index += 1) {
    release();
    await settle();
  }
  expect(heard.events.map((event) => event[0]).join("")).toBe("abcde");
  expect(isReady).toBe(true);
});

test("a frame larger than the whole window waits until all of it is free", async () => {
  let release = () => {};
  const { dialer, settle } = createPair({
    dialer: { windowBytes: 200 },
    acceptor: {
      accept: (exchange) => {
        exchange.send("a");
        exchange.send("b".repeat(1_000));
        exchange.send("c");
        exchange.close();
        return {};
      },
    },
  });
  const heard = createRecorder(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  dialer.open("", heard);
  await settle();
  expect(heard.events.map((event) => event[0])).toEqual(["a"]);
  release();
  await settle();
  expect(heard.events.map((event) => event[0])).toEqual(["a", "b"]);
  release();
  await settle();
  release();
  await settle();
  expect(heard.events.map((event) => event[0])).toEqual(["a", "b", "c"]);
  expect(heard.outcomes).toEqual([{}]);
});

test("a frame larger than the other side takes is PAYLOAD_TOO_LARGE where it is sent", async () => {
  const { dialer, settle } = createPair({ acceptor: { maxFrameBytes: 200, accept: () => ({}) } });
  const exchange = dialer.open("", createRecorder());
  await settle();
  const tooLarge = expect.objectContaining({ reason: "PAYLOAD_TOO_LARGE" });
  expect(() => exchange.send("x".repeat(200))).toThrow(tooLarge);
  expect(exchange.send("x".repeat(20))).toBe(true);
});

test("a frame that proves too large once the other side's hello has come cancels its exchange", async () => {
  const { dialer, settle } = createPair({ acceptor: { maxFrameBytes: 200, accept: () => ({}) } });
  const heard = createRecorder();
  expect(dialer.open("", heard).send("x".repeat(200))).toBe(false);
  await settle();
  expect(heard.outcomes).toMatchObject([{ reason: "PAYLOAD_TOO_LARGE" }]);
});

test("an open larger than the other side takes is PAYLOAD_TOO_LARGE and takes no id", async () => {
  const { dialer, settle } = createPair({ acceptor: { maxFrameBytes: 300 } });
  await settle();
  const tooLarge = expect.objectContaining({ reason: "PAYLOAD_TOO_LARGE" });
  expect(() => dialer.open("x".repeat(300), createRecorder())).toThrow(tooLarge);
  expect(dialer.open("x", createRecorder()).id).toBe(1);
});

test("a close that counts more events than arrived is DATA_LOSS", async () => {
  const { dialer, settle } = createPair();
  const heard = createRecorder();
  await settle();
  dialer.open("", heard);
  feed(dialer, { kind: "close", exchange: 1, outcome: {}, events: 2 });
  expect(heard.outcomes).toEqual([
    { reason: "DATA_LOSS", message: "2 events were sent and 0 arrived." },
  ]);
});

const offences: { name: string; frames: Frame<TextTypes>[] }[] = [
  { name: "a second hello", frames: [hello()] },
  { name: "an exchange of the future", frames: [{ kind: "halfClose", exchange: 8 }] },
  {
    name: "exchange 0",
    frames: [{ kind: "cancel", exchange: 0, cancellation: { reason: "CANCELED" } }],
  },
  { name: "an event on its own exchange", frames: [{ kind: "event", exchange: 2, event: "" }] },
  { name: "a message on ours", frames: [{ kind: "message", exchange: 1, message: "" }] },
  { name: "an open with our parity", frames: [open(3)] },
  { name: "an id used twice", frames: [open(4), open(4)] },
  { name: "an id that goes back", frames: [open(4), open(2)] },
  {
    name: "a message after the half-close",
    frames: [
      { ...open(2), halfClose: true },
      { kind: "message", exchange: 2, message: "" },
    ],
  },
  {
    name: "more than was granted",
    frames: [
      { kind: "event", exchange: 1, event: "x" },
      { kind: "event", exchange: 1, event: "x".repeat(1_000) },
    ],
  },
  {
    name: "a frame larger than this side takes",
    frames: [{ kind: "event", exchange: 1, event: "x".repeat(5_000) }],
  },
  { name: "bytes that are no packet", frames: [] },
];

for (const { name, frames } of offences) {
  test(`${name} is LINK_BROKEN and ends the link`, async () => {
    const errors: (SmartcallErrorLike | undefined)[] = [];
    const { dialer, settle } = createPair({
      dialer: {
        windowBytes: 500,
        maxFrameBytes: 5_000,
        accept: () => ({}),
        onClose: (error) => void errors.push(error),
      },
      acceptor: { accept: () => ({}) },
    });
    await settle();
    const heard = createRecorder();
    dialer.open("", heard);
    await settle();
    if (frames.length === 0) dialer.receive(Buffer.from("?"));
    for (const frame of frames) feed(dialer, frame);
    expect(errors.map((error) => error?.reason)).toEqual(["LINK_BROKEN"]);
    expect(dialer.size).toBe(0);
    expect(heard.outcomes).toHaveLength(1);
  });
}

test("a first frame that is no hello, or one of another version, is LINK_BROKEN", () => {
  for (const frame of [open(2), { ...hello(), hello: { ...hello().hello, version: 2 } }]) {
    const errors: (SmartcallErrorLike | undefined)[] = [];
    const { dialer } = createPair({ dialer: { onClose: (error) => void errors.push(error) } });
    feed(dialer, frame);
    expect(errors.map((error) => error?.reason)).toEqual(["LINK_BROKEN"]);
  }
});

test("frames of an exchange that has ended are passed over", async () => {
  const { dialer, settle } = createPair();
  await settle();
  const heard = createRecorder();
  dialer.open("", heard).cancel({ reason: "CANCELED" });
  dialer.open("", createRecorder());
  await settle();
  feed(dialer, { kind: "event", exchange: 1, event: "late" });
  feed(dialer, { kind: "close", exchange: 1, outcome: {}, events: 1 });
  expect(heard.events).toEqual([]);
  expect(dialer.usable).toBe(true);
});

const boom = new Error("boom");
const throwing = {
  sync: () => {
    throw boom;
  },
  async: () => Promise.reject(boom),
};

for (const [kind, fail] of Object.entries(throwing)) {
  test(`a handler that throws (${kind}) ends its exchange, and the link lives`, async () => {
    const errors: unknown[] = [];
    const onHandlerError = (error: unknown) => void errors.push(error);
    const canceled: Cancellation[] = [];
    const { dialer, acceptor, settle } = createPair({
      dialer: { onHandlerError },
      acceptor: {
        onHandlerError,
        accept: (exchange, open) => {
          if (open === "calling") exchange.send("event");
          return { message: fail, cancel: (cancellation) => void canceled.push(cancellation) };
        },
      },
    });
    const calling = createRecorder(fail);
    dialer.open("calling", calling);
    const serving = createRecorder();
    dialer.open("serving", serving).send("message");
    await settle();
    expect(calling.outcomes).toEqual([{ reason: "INTERNAL", message: "A handler failed." }]);
    expect(serving.outcomes).toEqual([{ reason: "INTERNAL", message: "A handler failed." }]);
    expect(canceled.map(({ reason }) => reason)).toEqual(["INTERNAL", "INTERNAL"]);
    expect(errors).toEqual([boom, boom]);
    expect([dialer.size, acceptor.size, dialer.usable]).toEqual([0, 0, true]);
  });
}

const refusals = [
  { name: "nobody accepts", options: {}, want: "NOT_IMPLEMENTED" },
  {
    name: "too many are open",
    options: { accept: () => ({}), maxIncoming: 0 },
    want: "AGENT_BUSY",
  },
  {
    name: "accept throws a SmartcallError",
    options: {
      accept: () => {
        throw new SmartcallError({ reason: "AGENT_NOT_FOUND" });
      },
    },
    want: "AGENT_NOT_FOUND",
  },
] as const;

for (const { name, options, want } of refusals) {
  test(`an exchange is refused when ${name}`, async () => {
    const { dialer, acceptor, settle } = createPair({ acceptor: options });
    const heard = createRecorder();
    dialer.open("", heard);
    await settle();
    expect(heard.outcomes).toMatchObject([{ reason: want, refused: true }]);
    expect([dialer.size, acceptor.size]).toEqual([0, 0]);
  });
}

test("who ends the link while taking an exchange hears that it was given up", async () => {
  const canceled: Cancellation[] = [];
  const { dialer, acceptor, settle } = createPair({
    acceptor: {
      accept: () => {
        acceptor.close();
        return { cancel: (cancellation) => void canceled.push(cancellation) };
      },
    },
  });
  const heard = createRecorder();
  dialer.open("", heard);
  await settle();
  expect(canceled).toMatchObject([{ reason: "CANCELED" }]);
  expect(heard.outcomes).toMatchObject([{ lost: true }]);
});

test("a drain lets what runs finish, refuses what is new, and then resolves", async () => {
  let serving: IncomingExchange<TextTypes> | undefined;
  const drains: string[] = [];
  const { dialer, acceptor, settle } = createPair({
    dialer: { onDrain: (reason) => void drains.push(reason) },
    acceptor: {
      accept: (exchange) => {
        serving = exchange;
        return {};
      },
    },
  });
  const running = createRecorder();
  dialer.open("", running);
  await settle();
  let isDrained = false;
  void acceptor.drain("update").then(() => {
    isDrained = true;
  });
  const crossing = createRecorder();
  dialer.open("crosses the drain", crossing);
  await settle();
  expect(drains).toEqual(["update"]);
  expect(dialer.usable).toBe(false);
  expect(crossing.outcomes).toMatchObject([{ reason: "DRAINING", refused: true }]);
  const late = createRecorder();
  dialer.open("", late);
  expect(late.outcomes).toEqual([]);
  await settle();
  expect(late.outcomes).toMatchObject([{ reason: "DRAINING", refused: true }]);
  expect(isDrained).toBe(false);
  serving?.send("done");
  serving?.close();
  await settle();
  expect(isDrained).toBe(true);
  expect(running.events).toEqual(["done"]);
});

test("when the carrier is lost, what arrived is delivered before the close", async () => {
  let release = () => {};
  const canceled: Cancellation[] = [];
  const errors: (SmartcallErrorLike | undefined)[] = [];
  const { dialer, acceptor, carriers, settle } = createPair({
    dialer: { onClose: (error) => void errors.push(error) },
    acceptor: {
      accept: (exchange) => {
        exchange.send("a");
        exchange.send("b");
        return { cancel: (cancellation) => void canceled.push(cancellation) };
      },
    },
  });
  const heard = createRecorder(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  dialer.open("", heard);
  await settle();
  carriers[0].cut(new Error("reset"));
  await settle();
  const unsent = createRecorder();
  dialer.open("", unsent);
  expect(heard).toMatchObject({ events: ["a"], outcomes: [] });
  release();
  await settle();
  release();
  await settle();
  expect(heard).toMatchObject({
    events: ["a", "b"],
    outcomes: [{ reason: "INSTANCE_LOST", lost: true, message: "reset" }],
  });
  expect(unsent.outcomes).toMatchObject([{ reason: "AGENT_UNAVAILABLE", refused: true }]);
  expect(canceled.map(({ reason }) => reason)).toEqual(["CANCELED"]);
  expect(errors.map((error) => error?.reason)).toEqual(["INSTANCE_LOST"]);
  expect([dialer.size, acceptor.size]).toEqual([0, 0]);
});

test("what never left when the link ended was refused, not lost", async () => {
  const { dialer, carriers, settle } = createPair();
  const heard = createRecorder();
  dialer.open("", heard);
  carriers[0].cut();
  dialer.carrierLost();
  await settle();
  expect(heard.outcomes).toMatchObject([{ reason: "AGENT_UNAVAILABLE", refused: true }]);
});

test("closing tells the other side why, and a retryable reason does not claim that nothing ran", async () => {
  const errors: (SmartcallErrorLike | undefined)[] = [];
  const closes: (SmartcallErrorLike | undefined)[] = [];
  const { dialer, acceptor, settle } = createPair({
    dialer: { onClose: (error) => void errors.push(error) },
    acceptor: { accept: () => ({}), onClose: (error) => void closes.push(error) },
  });
  const heard = createRecorder();
  const exchange = dialer.open("", heard);
  await settle();
  acceptor.close({ reason: "DRAINING", message: "bye", retryAfterMs: 250 });
  await settle();
  expect(errors).toEqual([expect.objectContaining({ reason: "DRAINING", retryAfterMs: 250 })]);
  expect(errors[0]?.message).toBe("bye");
  expect(closes).toEqual([undefined]);
  expect(heard.outcomes).toEqual([{ reason: "INSTANCE_LOST", message: "bye", lost: true }]);
  expect(exchange.send("after the end")).toBe(false);
  await exchange.ready();
  exchange.halfClose();
  exchange.cancel({ reason: "CANCELED" });
  for (const link of [dialer, acceptor]) {
    link.control("x");
    link.close();
    link.carrierReady();
    link.carrierLost();
    link.receive(Uint8Array.of());
    await link.drain("again");
  }
  expect(heard.outcomes).toHaveLength(1);
});

test("what was said before a close of the link still arrives, and what never left is refused", async () => {
  let serving: IncomingExchange<TextTypes> | undefined;
  const { dialer, acceptor, settle } = createPair({
    acceptor: {
      accept: (exchange) => {
        serving = exchange;
        return {};
      },
    },
  });
  const heard = createRecorder();
  dialer.open("", heard);
  await settle();
  serving?.send("last words");
  serving?.close();
  const unsent = createRecorder();
  acceptor.open("", unsent);
  acceptor.close({ reason: "DRAINING" });
  expect(unsent.outcomes).toMatchObject([{ reason: "AGENT_UNAVAILABLE", refused: true }]);
  await settle();
  expect(heard).toMatchObject({ events: ["last words"], outcomes: [{}] });
});

test("an error thrown for a hello ends the link with its reason on both sides", async () => {
  const errors: (SmartcallErrorLike | undefined)[] = [];
  const { settle } = createPair({
    dialer: { onClose: (error) => void errors.push(error) },
    acceptor: {
      onHello: () => {
        throw new SmartcallError({ reason: "UNAUTHENTICATED" });
      },
      onClose: (error) => void errors.push(error),
    },
  });
  await settle();
  expect(errors.map((error) => error?.reason)).toEqual(["UNAUTHENTICATED", "UNAUTHENTICATED"]);
});

test("the text of an error that is no SmartcallError does not leave this side", async () => {
  const errors: (SmartcallErrorLike | undefined)[] = [];
  const thrown: unknown[] = [];
  const { dialer, settle } = createPair({
    dialer: { onClose: (error) => void errors.push(error) },
    acceptor: {
      onControl: () => {
        throw boom;
      },
      onHandlerError: (error) => void thrown.push(error),
    },
  });
  dialer.control("x");
  await settle();
  expect(errors.map((error) => [error?.reason, error?.message])).toEqual([
    ["INTERNAL", "A handler failed."],
  ]);
  expect(thrown).toEqual([boom]);
});

test("a silent link is pinged, and lost after three silent intervals", async () => {
  const errors: (SmartcallErrorLike | undefined)[] = [];
  const { dialer, carriers, settle, tick } = createPair({
    dialer: { onClose: (error) => void errors.push(error) },
  });
  for (let index = 0; index < 10; index += 1) {
    tick();
    await settle();
  }
  expect(dialer.usable).toBe(true);
  carriers[1].connect({ receive() {}, carrierReady() {}, carrierLost() {} });
  for (let index = 0; index < 3; index += 1) {
    tick();
    await settle();
  }
  // The acceptor's own pings still arrive; only its silence counts.
  expect(dialer.usable).toBe(true);
  carriers[0].connect({ receive() {}, carrierReady() {}, carrierLost() {} });
  for (let index = 0; index < 4; index += 1) tick();
  expect(errors.map((error) => error?.reason)).toEqual(["INSTANCE_LOST"]);
});

test("exchanges take turns when the carrier was full", async () => {
  const order: string[] = [];
  const { dialer, settle } = createPair({
    capacityBytes: 1,
    acceptor: {
      maxPacketBytes: 1,
      accept: (exchange, open) => {
        for (let index = 0; index < 3; index += 1) exchange.send(open);
        exchange.close();
        return {};
      },
    },
  });
  for (const name of ["a", "b"])
    dialer.open(
      name,
      createRecorder((event) => void order.push(event)),
    );
  await settle();
  expect(order.join("")).toBe("ababab");
});

test("a peer that never reads what it makes this side answer loses the link", async () => {
  const errors: (SmartcallErrorLike | undefined)[] = [];
  const { acceptor, settle } = createPair({
    capacityBytes: 1,
    acceptor: { maxIncoming: 10, onClose: (error) => void errors.push(error) },
  });
  await settle();
  // Nothing settles from here on, so nothing leaves.
  for (let nonce = 1; nonce <= 2_000; nonce += 1) feed(acceptor, { kind: "ping", nonce });
  expect(errors.map((error) => error?.reason)).toEqual(["LINK_BROKEN"]);
});

function listener(link: CarrierListener): CarrierListener {
  return {
    receive: (packet) => link.receive(packet),
    carrierReady: () => link.carrierReady(),
    carrierLost: (cause) => link.carrierLost(cause),
  };
}

function feed(link: CarrierListener, frame: Frame<TextTypes>): void {
  link.receive(createLinesCodec().encode(frame));
}

function hello(): Frame<TextTypes> & { kind: "hello" } {
  return {
    kind: "hello",
    hello: {
      version: 1,
      implementation: "test/1",
      windowBytes: 1_000,
      maxFrameBytes: 1_000,
      token: "",
      instanceId: "",
    },
  };
}

function open(exchange: number): Frame<TextTypes> & { kind: "open" } {
  return { kind: "open", exchange, open: "", halfClose: false };
}
