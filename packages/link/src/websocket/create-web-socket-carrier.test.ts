import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createWebSocketCarrier } from "./create-web-socket-carrier.js";
import { subprotocols } from "./subprotocols.js";
import type { WebSocketLike } from "./web-socket-like.js";

/** A socket on which the test plays the other side. */
function createSocket(protocol: string) {
  const listeners = new Map<string, (event: { data: unknown }) => void>();
  const socket: WebSocketLike = {
    binaryType: "blob",
    bufferedAmount: 0,
    readyState: 1,
    protocol,
    send() {},
    close() {},
    addEventListener: (type: string, listener: (event: never) => void) =>
      void listeners.set(type, listener as (event: { data: unknown }) => void),
  };
  return { socket, say: (data: unknown) => listeners.get("message")?.({ data }) };
}

const packets: { name: string; data: unknown; want: Uint8Array | string }[] = [
  { name: "text", data: "{}", want: "{}" },
  { name: "bytes", data: Uint8Array.of(1, 2).buffer, want: Uint8Array.of(1, 2) },
  {
    name: "bytes of another realm, as test runners with a DOM have them",
    data: runInNewContext("Uint8Array.of(1, 2).buffer"),
    want: Uint8Array.of(1, 2),
  },
];
for (const { name, data, want } of packets) {
  test(`hands on ${name}`, () => {
    const { socket, say } = createSocket(subprotocols.protobuf);
    const received: (Uint8Array | string)[] = [];
    createWebSocketCarrier(socket).connect({
      receive: (packet) => void received.push(packet),
      carrierReady() {},
      carrierLost() {},
    });
    say(data);
    expect(received).toEqual([want]);
  });
}
