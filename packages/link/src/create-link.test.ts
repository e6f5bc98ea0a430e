import { expect, test } from "vitest";
import type { TextTypes } from "../test/json-codec.js";
import { createPair, createRecorder } from "../test/pair.js";
import type { Cancellation, Hello, IncomingExchange } from "./index.js";

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
